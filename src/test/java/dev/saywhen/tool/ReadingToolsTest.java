package dev.saywhen.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingToolsTest {
    private static final String OUTSIDE =
            "Refused: Paths are relative to the root of the repository, with forward slashes,"
                    + " and lead neither out of it nor into .git.";

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
                "../secret", "a/../../secret", "/etc/passwd", "//etc/passwd", ".git/config", "a/.GIT/config",
                        "a\\..\\b",
                "a\0b", "a\nb", "a\u202Eb", "a//b", "./../secret", "~/../x", "*"
            })
    void no_path_leads_out(String path) throws IOException {
        Files.writeString(home.resolve("worktrees/secret"), "secret");

        assertEquals(OUTSIDE, read(path, null, null, null));
        assertEquals(OUTSIDE, list(path));
        assertEquals(OUTSIDE, search("secret", false, path));
        assertEquals(OUTSIDE, new RepositoryMap().use(new RepositoryMap.Arguments(path), desk));
        assertEquals(4, desk.refused.size());
        assertTrue(desk.refused.stream().noneMatch(told -> told.chars().anyMatch(Character::isISOControl)));
    }

    @Test
    void a_link_is_neither_read_nor_searched_nor_listed() throws IOException {
        Path outside = Files.createDirectories(home.resolve("outside"));
        Files.writeString(outside.resolve("key"), "secret");
        Files.createSymbolicLink(desk.folder.resolve("file"), outside.resolve("key"));
        Files.createSymbolicLink(desk.folder.resolve("folder"), outside);

        String nothing = ": not there, binary, a link, or over 20 MB.";
        assertEquals("There is no text file file" + nothing, read("file", null, null, null));
        assertEquals("There is no text file folder/key" + nothing, read("folder/key", null, null, null));
        assertEquals("There are no files in the repository.", list(null));
        assertEquals("There are no files in folder.", list("folder"));
        assertEquals("Nothing found.", search("secret", false, null));
    }

    @Test
    void a_folder_is_listed_with_what_is_below() {
        desk.put("pom.xml", "").put("src/A.java", "").put("src/b/B.java", "").put("docs/x.md", "");

        assertEquals("docs/  1 file\npom.xml\nsrc/  2 files", list(null));
        assertEquals("A.java\nb/  1 file", list("./src/"));
        assertEquals("src/A.java\nsrc/b/B.java", new ListFiles().use(new ListFiles.Arguments("src", true), desk));
        assertEquals("src is a folder; list_files lists it.", read("src", null, null, null));
    }

    @Test
    void lines_come_with_their_numbers() {
        desk.put("a.txt", "one\ntwo\nthree\n");

        assertEquals("1\tone\n2\ttwo\n3\tthree\n", read("a.txt", null, null, null));
        assertEquals("2\ttwo\nLines 2 to 2 of 3.", read("a.txt", 2, 1, null));
        assertEquals("The file has 3 lines.", read("a.txt", 4, null, null));
        assertEquals("1\tone\nLines 1 to 1 of 3.", read("a.txt", -5, -5, null));
        assertEquals("1\tone\n2\ttwo\n3\tthree\n", read("a.txt", Integer.MIN_VALUE, Integer.MAX_VALUE, 1));
    }

    @Test
    void a_long_file_can_be_read_to_its_end_in_parts() {
        StringBuilder text = new StringBuilder();
        for (int number = 1; number <= 3_000; number++) {
            text.append("line ").append(number).append(" of many\n");
        }
        desk.put("long.txt", text.toString());

        StringBuilder seen = new StringBuilder();
        Integer line = 1;
        while (line != null) {
            String part = read("long.txt", line, null, null);
            assertTrue(part.length() <= 10_000);
            part.lines()
                    .filter(shown -> shown.contains("\t"))
                    .forEach(shown -> seen.append(shown.split("\t")[1]).append('\n'));
            Matcher more = Pattern.compile("Read on with line=(\\d+)\\.").matcher(part);
            line = more.find() ? Integer.valueOf(more.group(1)) : null;
        }
        assertEquals(text.toString(), seen.toString());
    }

    @Test
    void a_line_of_ten_megabytes_can_be_read_in_parts() {
        desk.put("one-line.json", "x".repeat(9_000) + "😀".repeat(2_500_000));

        String part = read("one-line.json", null, null, null);

        assertTrue(part.endsWith("Read on with line=1 and column=9493."), part.substring(part.length() - 100));
        assertEquals(
                "1\t" + "😀".repeat(4746),
                read("one-line.json", 1, null, 9493).lines().findFirst().orElseThrow());
        assertEquals("1\t", read("one-line.json", 1, null, Integer.MAX_VALUE).strip() + "\t");
    }

    @Test
    void what_is_no_text_is_not_read() throws IOException {
        Files.write(desk.folder.resolve("binary"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0});
        Files.write(desk.folder.resolve("huge"), new byte[20_000_001]);

        assertTrue(read("binary", null, null, null).startsWith("There is no text file binary"));
        assertTrue(read("huge", null, null, null).startsWith("There is no text file huge"));
    }

    @Test
    void a_search_shows_where_a_text_stands() {
        desk.put("src/A.java", "class A {\n    int f(x);\n}\n")
                .put("node_modules/x/index.js", "f(x)")
                .put("b.txt", "f(x)");

        assertEquals("b.txt:1: f(x)\nsrc/A.java:2: int f(x);\n", search("f(x)", false, null));
        assertEquals("node_modules/x/index.js:1: f(x)\n", search("f(x)", false, "node_modules"));
        assertEquals("src/A.java:1: class A {\n", search("^class \\w", true, "src"));
        assertEquals(
                "src/A.java:2: int f(x);\n",
                new SearchCode().use(new SearchCode.Arguments("f(x)", false, null, ".java"), desk));
        assertEquals("That is no regular expression of Java: Unclosed group near 1.", search("(", true, null));
        assertEquals("Say what to look for, in at most 500 characters.", search("", false, null));
        assertEquals("Say what to look for, in at most 500 characters.", search("a".repeat(501), false, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a|aa)+(b)\\2$", "(.*a){20}b", "(x?a|a)*(a*)*\\2b"})
    void an_expression_that_runs_away_is_ended(String expression) {
        desk.put("a.txt", "a".repeat(1_900) + "!\n");

        String told = search(expression, true, null);

        assertTrue(
                List.of(
                                "Nothing found so far. The search took too long and ended here. Search a folder, or for"
                                        + " something simpler.",
                                "That expression is nested too deeply, or repeats a group too often. Use a simpler one.")
                        .contains(told),
                told);
    }

    @Test
    void a_search_through_a_large_tree_ends_and_says_what_it_left_out() throws IOException {
        for (int number = 0; number < 300; number++) {
            desk.put("f" + number + ".txt", "needle ".repeat(300) + "\nneedle\n");
        }

        String told = search("needle", false, null);

        assertTrue(told.length() <= 10_000);
        assertTrue(told.endsWith("\nThere are more; search a folder, or for something rarer."), told);
    }

    @Test
    void a_map_shows_what_is_declared_where() {
        desk.put("src/Book.java", "package x;\n\npublic final class Book {\n    public record Page(int number) {}\n}\n")
                .put(
                        "app/main.py",
                        "import os\n\nclass Shop:\n    def inner(self):\n        pass\n\nasync def run():\n    pass\n")
                .put("web/index.ts", "export default class Page {}\nexport const total = 1\nfunction add() {}\n")
                .put(
                        "cmd/main.go",
                        "package main\n\ntype Store struct{}\n\nfunc (s *Store) Get() {}\n\nfunc main() {}\n")
                .put("src/lib.rs", "pub struct Tree;\n\npub fn grow() {}\n")
                .put("README.md", "# x");

        assertEquals("""
                app/main.py: Shop, run
                cmd/main.go: Store, Get, main
                src/Book.java: Book, Page
                src/lib.rs: Tree, grow
                web/index.ts: Page, total, add
                """, new RepositoryMap().use(new RepositoryMap.Arguments(null), desk));
    }

    private String read(String path, Integer line, Integer lines, Integer column) {
        return new ReadFile().use(new ReadFile.Arguments(path, line, lines, column), desk);
    }

    private String list(String folder) {
        return new ListFiles().use(new ListFiles.Arguments(folder, null), desk);
    }

    private String search(String text, boolean expression, String folder) {
        return new SearchCode().use(new SearchCode.Arguments(text, expression, folder, null), desk);
    }
}
