package dev.saywhen.boot.postgres;

import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = SaywhenTestResource.class, scope = TestResourceScope.GLOBAL)
final class SaywhenTestResourceTest {
    @Inject
    DataSource records;

    @Test
    void the_application_uses_the_embedded_server() throws SQLException {
        try (Connection connection = records.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("SELECT current_user || ' on ' || current_setting('fsync')")) {
            assertTrue(result.next());
            assertEquals("saywhen on on", result.getString(1));
        }
    }

    @Test
    void the_application_is_ready() {
        get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
    }
}
