package dev.saywhen.id;

/** A chat platform, such as {@code local} or {@code slack}. */
public record Platform(String name) {
    public Platform {
        Names.checked("platform", name);
    }

    @Override
    public String toString() {
        return name;
    }
}
