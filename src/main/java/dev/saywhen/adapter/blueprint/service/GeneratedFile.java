package dev.saywhen.adapter.blueprint.service;

/**
 * A text file to be: where it goes and everything in it.
 *
 * @param path relative to the repository's root, with slashes
 */
public record GeneratedFile(String path, String content) {}
