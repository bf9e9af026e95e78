package dev.saywhen.boot;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Everything that can be configured. A key that is not here is refused at start. */
@ConfigMapping(prefix = "saywhen")
public interface SaywhenConfig {
    /** The folder for everything the service writes. */
    @WithDefault(".saywhen")
    Path home();

    /** The bot's name in the local chat and in texts. */
    @WithDefault("saywhen")
    String name();

    /** The local chat. */
    Local local();

    /** Slack. */
    Slack slack();

    /** Discord. */
    Discord discord();

    /** The model that thinks. */
    Model model();

    /** Servers outside, whose tools plans may name. */
    Mcp mcp();

    /** What runs may work on, by name. Without any there is the project demo. */
    Map<String, Project> projects();

    /** Plans that wait for a yes. */
    Plan plan();

    /** How STOP is heard. */
    Hearing hearing();

    /** What counts as a STOP beside the words that always do. */
    Stop stop();

    /** The authorization phrases, in place of the closed list of the contract; whole phrases only. */
    Optional<List<String>> phrases();

    /** Ids that are one person, by a name for that person: {@code saywhen.people."ana"=slack:T1:U1,discord:G1:42}. */
    Map<String, List<String>> people();

    /** How commands are kept apart. */
    Sandbox sandbox();

    /** Limits of commands. */
    Command command();

    /** The local chat and its page. */
    interface Local {
        /** Whether the local chat is served; only on a loopback address. Without it: when no platform is configured. */
        Optional<Boolean> enabled();
    }

    /** A Slack workspace. */
    interface Slack {
        /** The bot token, {@code xoxb-...}. With it and one of the next two keys Slack is served. */
        Optional<String> botToken();

        /** The app token, {@code xapp-...}: events come by Socket Mode, without an address of your own. */
        Optional<String> appToken();

        /** The signing secret: events, commands and buttons come to {@code POST /slack/events}. */
        Optional<String> signingSecret();

        /** What stands in front of the names of Slack's methods, with a slash at its end. */
        @WithDefault("https://slack.com/api/")
        String apiUrl();

        /** Names of open channels that the bot joins by itself, to hear there; {@code *} stands for anything. */
        Optional<List<String>> join();
    }

    /** A Discord application. */
    interface Discord {
        /** The bot's token. With it Discord is served, in every server the bot is in. */
        Optional<String> token();

        /** What stands in front of the paths of Discord's REST interface, with a slash at its end. */
        @WithDefault("https://discord.com/api/v10/")
        String apiUrl();

        /** Where the gateway is, {@code wss://...}. Without it: Discord's own. */
        Optional<String> gatewayUrl();
    }

    /** A project. */
    interface Project {
        /** The git repository, a local path or an address that git knows. */
        String repository();

        /** The branch that plans are made against. */
        @WithDefault("main")
        String branch();

        /** Channels in which the project is talked about, without #. */
        @WithDefault("general")
        List<String> channels();

        /** Channels shared with another organisation in which it may be talked about, by id or name without #. */
        Optional<List<String>> sharedChannels();

        /** Who may say yes: platform:team:user, or {@code anyone} on the local chat. Empty: nobody. */
        Optional<List<String>> approvers();

        /** Who may, besides the approvers, say yes to a plan that takes a run back. */
        Optional<List<String>> undoApprovers();

        /** Whether a requester's own yes does not count. */
        @WithDefault("false")
        boolean secondPerson();

        /** How many different people have to say yes. */
        @WithDefault("1")
        int approvals();

        /** The project's PostgreSQL, {@code jdbc:postgresql://HOST/DATABASE}. Without it no plan changes a database. */
        Optional<String> databaseUrl();

        /** The role that owns the project's schema; no superuser. */
        Optional<String> databaseUsername();

        /** Its password. */
        Optional<String> databasePassword();

        /** How many rows of each table a rehearsal may read, masked where they lie; 0: none, rows are made. At most 1,000. */
        @WithDefault("0")
        int sample();

        /** Whether an index may be built with CREATE INDEX CONCURRENTLY, a step that is not transactional. */
        @WithDefault("false")
        boolean concurrently();

        /**
         * The command that runs all tests, without a shell: {@code make check}. Without it what the repository's build files
         * show: Maven, Gradle, npm, pytest, Go or Cargo.
         */
        Optional<String> verify();

        /** How long a permit lives at most. */
        @WithDefault("2h")
        Duration maxTime();

        /** Model tokens a plan may use at most; as many may be used before a yes. */
        @WithDefault("2000000")
        long maxTokens();

        /** Dollars that a plan may cost at most, for the model; it needs the model's prices. */
        Optional<BigDecimal> maxCost();

        /** Dollars that thinking may cost before a yes, for each run; it needs the model's prices. */
        Optional<BigDecimal> planningCost();

        /** Model tokens that one step of a plan may use at most. Without it: what the plan has. */
        OptionalLong maxStepTokens();

        /** Dollars that one step of a plan may cost at most, for the model; it needs the model's prices. */
        Optional<BigDecimal> maxStepCost();

        /** Model tokens that all runs of the project may use within any 24 hours. Without it: no limit. */
        OptionalLong maxDayTokens();

        /** Dollars that all runs of the project may cost within any 24 hours, for the model; it needs the model's prices. */
        Optional<BigDecimal> maxDayCost();

        /**
         * How many times its limits of a step and of 24 hours a yes may raise them to, for one run, where the plan says so;
         * 1: only you can raise them.
         */
        @WithDefault("2")
        int maxRaise();
    }

    /** A model. */
    interface Model {
        /** none (the blueprints), openai (and every server that speaks like it), anthropic or ollama. */
        @WithDefault("none")
        String provider();

        /** The model's name, as the provider has it. */
        Optional<String> name();

        /** Where it is, in place of the provider's own address: {@code http://localhost:8000/v1}. */
        Optional<String> baseUrl();

        /** The provider's key. */
        Optional<String> apiKey();

        /** Dollars for a million tokens read. */
        Optional<BigDecimal> inputPrice();

        /** Dollars for a million tokens written. */
        Optional<BigDecimal> outputPrice();

        /** Whether answers come piece by piece. */
        @WithDefault("true")
        boolean streaming();

        /** How long one answer may take. */
        @WithDefault("5m")
        Duration timeout();
    }

    /** Servers that speak the Model Context Protocol. */
    interface Mcp {
        /** The servers, by a name of small letters, digits and hyphens. */
        Map<String, McpServer> servers();
    }

    /** A server with tools, over streamable HTTP. */
    interface McpServer {
        /** Where it is: {@code https://tools.example.org/mcp}. */
        String url();

        /** The names of its tools that only read. */
        Optional<List<String>> reads();

        /** The names of its tools that change something there. What stands neither here nor in reads cannot be called. */
        Optional<List<String>> changes();

        /** How many calls of a tool that changes something a plan may name for one yes; mostly it names one. */
        @WithDefault("5")
        int mostChanges();

        /** The projects whose plans may name its tools. Without it: all. */
        Optional<List<String>> projects();

        /** A bearer token, where the server wants one; not over plain HTTP, but on the machine itself. */
        Optional<String> token();

        /** How long a call may take. */
        @WithDefault("30s")
        Duration timeout();
    }

    /** Plans that wait for a yes. */
    interface Plan {
        /** How long a plan waits before it expires. */
        @WithDefault("24h")
        Duration timeToLive();

        /** How long a plan that replaced another stands before a bare phrase counts; none on the local chat. */
        @WithDefault("10s")
        Duration readingTime();
    }

    /** How STOP is heard. */
    interface Hearing {
        /** How long a team counts as heard, and how long a command outlives a frozen service; at most 60 s. */
        @WithDefault("15s")
        Duration limit();
    }

    /** What counts as a STOP. */
    interface Stop {
        /** Words added to stop, halt and abort, which always count. */
        Optional<List<String>> words();
    }

    /** How commands are kept apart. */
    interface Sandbox {
        /** auto (bubblewrap, else unshare, else refuse), bubblewrap, unshare, or none. */
        @WithDefault("auto")
        String level();
    }

    /** Limits of commands. */
    interface Command {
        /** After it a command is ended. */
        @WithDefault("10m")
        Duration timeLimit();

        /** How much a command may print before it is ended. */
        @WithDefault("50M")
        MemorySize outputLimit();
    }
}
