package dev.saywhen.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.engineer.EffectRefused;
import dev.saywhen.safety.Denial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WritingToolsTest {
    private static final String TEST = "src/test/java/BookTest.java";

    @TempDir
    Path home;

    private TestDesk desk;

    @BeforeEach
    void begin() throws IOException {
        desk = new TestDesk(home);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../x",
                "src/../../x",
                "/tmp/x",
                ".git/hooks/pre-commit",
                "src/.git/config",
                "src\\x",
                "src/a\0",
                "src/a\nb",
                "src//x",
                "src/**"
            })
    void nothing_is_written_outside(String path) {
        assertTrue(write(path, "x").startsWith("Refused: Paths are relative"));
        assertTrue(edit(path, "x", "y").startsWith("Refused: Paths are relative"));
        assertEquals(2, desk.refused.size());
    }

    @Test
    void what_the_plan_does_not_name_is_refused_and_told() {
        assertEquals("Refused: The plan does not name this: README.md", write("README.md", "x"));
        assertEquals("Refused: The plan does not name this: src/build.gradle", write("src/build.gradle", "x"));
        assertEquals(List.of("write README.md", "write src/build.gradle"), desk.refused);
    }

    @Test
    void a_link_is_not_written_through() throws IOException {
        Path precious = Files.writeString(home.resolve("precious"), "1");
        Files.createDirectories(desk.folder.resolve("src"));
        Files.createSymbolicLink(desk.folder.resolve("src/link"), precious);

        assertEquals("Refused: writing did not work: src/link is a link, not a file", write("src/link", "2"));
        assertEquals("1", Files.readString(precious));
    }

    @Test
    void a_text_that_stands_once_is_replaced() {
        desk.put("src/A.java", "class A {\n    int x = 1;\n    int y = 1;\n}\n");

        assertEquals("Written: src/A.java, 4 lines.", edit("src/A.java", "int x = 1", "int x = 2"));
        assertEquals("class A {\n    int x = 2;\n    int y = 1;\n}\n", desk.text("src/A.java"));
    }

    @Test
    void a_text_that_stands_more_than_once_or_not_at_all_is_not_replaced() {
        String before = "int x = 1;\nint y = 1;\naaa\n";
        desk.put("src/A.java", before).put("src/dos.txt", "one\r\ntwo\r\n");

        assertEquals(
                "That text stands in src/A.java more than once, in lines 1 and 2; take more of what is around it.",
                edit("src/A.java", "= 1", "= 2"));
        assertEquals(
                "That text stands in src/A.java more than once, in lines 3 and 3; take more of what is around it.",
                edit("src/A.java", "aa", "b"));
        assertEquals(
                "That text is not in src/A.java: it differs in white space. Read the file again and take it letter by letter.",
                edit("src/A.java", "int  x", "b"));
        assertEquals(
                "That text is not in src/A.java. Read the file again and take it letter by letter.",
                edit("src/A.java", "long", "b"));
        assertEquals(
                "That text stands in src/dos.txt with other line ends: the file has CR LF.",
                edit("src/dos.txt", "one\ntwo", "b"));
        assertEquals("Nothing would change.", edit("src/A.java", "int x", "int x"));
        assertEquals("Say what is to be replaced.", edit("src/A.java", "", "b"));
        assertEquals("There is no text file src/B.java to edit; write_file makes one.", edit("src/B.java", "a", "b"));
        assertEquals(before, desk.text("src/A.java"));
    }

    @Test
    void what_is_no_text_is_not_written() {
        assertEquals("Refused: It holds what is no text: NUL, or half of a character.", write("src/a", "a\0b"));
        assertEquals("Refused: It holds what is no text: NUL, or half of a character.", write("src/a", "a\uD800b"));
        assertEquals(
                "Refused: A file of more than a million characters is not written.",
                write("src/a", "a".repeat(1_000_001)));
        desk.put("src/folder/x", "");
        assertEquals("src/folder is a folder.", write("src/folder", "x"));
    }

    @Test
    void a_locked_test_is_neither_edited_nor_emptied() {
        desk.put(TEST, "class BookTest {}\n");
        desk.hands.locked.add(TEST);

        String locked = "Refused: The test " + TEST + " was written first and is locked.";
        assertEquals(locked, edit(TEST, "BookTest", "NoTest"));
        assertEquals(locked, write(TEST, ""));
        assertEquals("class BookTest {}\n", desk.text(TEST));
    }

    @Test
    void a_test_is_not_weakened() {
        String before =
                "class OldTest {\n    @Test\n    void adds() {\n        assertEquals(2, add(1, 1));\n    }\n}\n";
        desk.put("src/test/java/OldTest.java", before);

        assertEquals(
                "Refused: That weakens the tests: it adds a disabled or conditional test (@Disabled). Tests, what they assert"
                        + " and their thresholds stay; make the code pass them.",
                edit("src/test/java/OldTest.java", "    @Test", "    @Disabled @Test"));
        assertTrue(edit("src/test/java/OldTest.java", "assertEquals(2, add(1, 1));", "add(1, 1);")
                .contains("removes 1 assertion."));
        assertTrue(write("src/test/java/OldTest.java", "").contains("removes 1 test; removes 1 assertion."));
        assertEquals(before, desk.text("src/test/java/OldTest.java"));
    }

    @Test
    void without_hands_nothing_is_written() {
        desk.withoutHands();

        assertEquals("Refused: Nothing can be written in this phase.", write("src/a", "x"));
    }

    @Test
    void what_no_model_can_mend_goes_through() {
        desk.hands.closed = Denial.Reason.STOPPED;

        EffectRefused thrown = assertThrows(EffectRefused.class, () -> write("src/a", "x"));

        assertEquals(Denial.Reason.STOPPED, thrown.denial().reason());
    }

    private String write(String path, String content) {
        return new WriteFile().use(new WriteFile.Arguments(path, content), desk);
    }

    private String edit(String path, String old, String replacement) {
        return new EditFile().use(new EditFile.Arguments(path, old, replacement), desk);
    }
}
