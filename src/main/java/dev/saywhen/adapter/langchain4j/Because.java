package dev.saywhen.adapter.langchain4j;

import dev.saywhen.engineer.About;

/** Why a task ends otherwise than planned. */
record Because(
        @About("what is the matter, in one or two sentences")
        String why) {}
