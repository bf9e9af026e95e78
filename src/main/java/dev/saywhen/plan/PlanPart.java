package dev.saywhen.plan;

import java.util.List;

/** One of the parts that every plan has, in the engineer's words. */
public record PlanPart(Kind kind, List<String> lines) {
    /** The four parts that the product promises, in their order. */
    public enum Kind {
        ARCHITECTURE("Backend architecture and database design"),
        ENDPOINTS("API endpoints and data models"),
        TESTING("Testing strategy and automation"),
        DEPLOYMENT("Deployment and infrastructure changes");

        private final String heading;

        Kind(String heading) {
            this.heading = heading;
        }

        public String heading() {
            return heading;
        }
    }

    public PlanPart {
        lines = List.copyOf(lines);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException(kind.heading() + " must say something");
        }
    }
}
