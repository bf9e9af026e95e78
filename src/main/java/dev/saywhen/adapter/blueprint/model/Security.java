package dev.saywhen.adapter.blueprint.model;

/** Who may call the service. */
public enum Security {
    /** Anyone who reaches it. */
    NONE,
    /** Whoever sends the one key that the service was started with. */
    API_KEY,
    /** Whoever shows a token of an OpenID Connect provider that is meant for the service. */
    OIDC
}
