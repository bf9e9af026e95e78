package dev.saywhen.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.restassured.RestAssured;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody at the page. When it ends, nothing may have gone wrong in the browser, nothing been loaded from elsewhere. */
final class Visit implements AutoCloseable {
    /** What somebody looks at. */
    enum Screen {
        DESK(1440, 900, ColorScheme.LIGHT),
        DESK_DARK(1440, 900, ColorScheme.DARK),
        PHONE(390, 844, ColorScheme.LIGHT),
        PHONE_DARK(390, 844, ColorScheme.DARK);

        private final int width;
        private final int height;
        private final ColorScheme scheme;

        Screen(int width, int height, ColorScheme scheme) {
            this.width = width;
            this.height = height;
            this.scheme = scheme;
        }

        boolean isPhone() {
            return width < 600;
        }
    }

    /** How long at most something takes to be seen, on a busy machine. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String base = "http://localhost:" + RestAssured.port + "/";
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final BrowserContext context;
    private final Page page;
    private final Screen screen;

    Visit(Browser browser, Screen screen) {
        this.screen = screen;
        this.context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(screen.width, screen.height)
                .setIsMobile(screen.isPhone())
                .setHasTouch(screen.isPhone())
                .setColorScheme(screen.scheme));
        this.page = context.newPage();
        page.setDefaultTimeout(PATIENCE.toMillis());
        page.onConsoleMessage(message -> {
            if (List.of("error", "warning").contains(message.type())) {
                complaints.add(message.type() + ": " + message.text());
            }
        });
        page.onPageError(error -> complaints.add("thrown: " + error));
        page.onRequest(request -> {
            if (!request.url().startsWith(base)) {
                complaints.add("loaded from elsewhere: " + request.url());
            }
        });
        page.onDialog(dialog -> {
            complaints.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
    }

    /** Lets the page know the person's name, as it would from an earlier visit. */
    Visit as(String name) {
        context.addInitScript("localStorage.setItem('saywhen.name', '" + name + "')");
        return this;
    }

    Visit open(String hash) {
        page.navigate(base + hash);
        page.locator("#link-state[data-state=live]").waitFor();
        return this;
    }

    /** Forgives what the browser itself complains of while its connections are cut. */
    void forgiveBrokenConnections() {
        complaints.removeIf(complaint -> complaint.contains("net::ERR_"));
    }

    Page page() {
        return page;
    }

    Locator find(String selector) {
        return page.locator(selector);
    }

    /** Waits until something is to be seen. */
    Locator see(String selector, Duration patience) {
        Locator found = page.locator(selector).last();
        found.waitFor(new Locator.WaitForOptions().setTimeout(patience.toMillis()));
        return found;
    }

    Locator see(String selector) {
        return see(selector, PATIENCE);
    }

    /** Types into the composer that is open and sends. */
    void say(String text) {
        Locator composer = page.locator(".pane textarea:visible").last();
        composer.fill(text);
        if (screen.isPhone()) {
            page.locator(".send:visible").last().tap();
        } else {
            composer.press("Enter");
        }
        page.waitForCondition(() -> composer.inputValue().isEmpty());
    }

    void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of(
                        "target/screenshots", name + "-" + screen.name().toLowerCase(java.util.Locale.ROOT) + ".png")));
    }

    @Override
    public void close() {
        context.close();
        assertEquals(List.of(), List.copyOf(complaints));
    }
}
