package dev.saywhen.adapter.build;

/** The parts of a test's path that commands name it by. */
record TestPath(String path) {
    /** {@code ShopTest} of {@code src/test/java/shop/ShopTest.java}. */
    String simpleName() {
        String file = path.substring(path.lastIndexOf('/') + 1);
        return file.contains(".") ? file.substring(0, file.indexOf('.')) : file;
    }

    /** The folder, as {@code .} and what is below it: {@code ./shop}. */
    String folder() {
        return path.contains("/") ? "./" + path.substring(0, path.lastIndexOf('/')) : ".";
    }

    /** The module that it is in, blank at the root: {@code core} of {@code core/src/test/java/ATest.java}. */
    String module() {
        int at = path.indexOf("/src/");
        return at < 0 ? "" : path.substring(0, at);
    }
}
