package dev.saywhen.bench;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** What a service needs of an OpenID Connect provider: where its keys are, and tokens signed with one of them. */
final class BlueprintsIdentityProvider implements AutoCloseable {
    private static final Duration LIFE = Duration.ofMinutes(5);

    private final HttpServer server;
    private final KeyPair keys;

    private BlueprintsIdentityProvider(HttpServer server, KeyPair keys) {
        this.server = server;
        this.keys = keys;
    }

    static BlueprintsIdentityProvider started() throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        BlueprintsIdentityProvider provider = new BlueprintsIdentityProvider(server, keys);
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        provider.serve("/.well-known/openid-configuration", """
                {"issuer": "%1$s", "jwks_uri": "%1$s/keys"}""".formatted(provider.url()));
        provider.serve("/keys", """
                {"keys": [{"kty": "RSA", "kid": "bench", "use": "sig", "alg": "RS256", "n": "%s", "e": "%s"}]}""".formatted(encoded(key.getModulus()), encoded(key.getPublicExponent())));
        server.start();
        return provider;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    String tokenFor(String audience) {
        long now = Instant.now().getEpochSecond();
        String content = encoded("""
                {"alg": "RS256", "typ": "JWT", "kid": "bench"}""") + "." + encoded("""
                {"iss": "%s", "aud": "%s", "sub": "bench", "iat": %d, "exp": %d}""".formatted(url(), audience, now, now + LIFE.toSeconds()));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(content.getBytes(StandardCharsets.UTF_8));
            return content + "." + encoded(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java signs with RSA", e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(String path, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private static String encoded(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return encoded(Arrays.copyOfRange(bytes, bytes[0] == 0 ? 1 : 0, bytes.length));
    }

    private static String encoded(String text) {
        return encoded(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
