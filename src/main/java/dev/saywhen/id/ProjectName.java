package dev.saywhen.id;

/** The name of a configured project. */
public record ProjectName(String value) implements Comparable<ProjectName> {
    public ProjectName {
        if (!value.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
            throw new IllegalArgumentException(
                    "a project's name has 1 to 63 letters, digits, dots, dashes or underscores");
        }
    }

    @Override
    public int compareTo(ProjectName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
