package dev.saywhen.adapter.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** Until when a team was heard, as a row. */
@Entity
@Table(name = "heard_team")
class HeardTeamRow {
    @Id
    private String team;

    @Column
    private Instant heardUntil;

    /** For Hibernate. */
    protected HeardTeamRow() {}

    Instant heardUntil() {
        return heardUntil;
    }
}
