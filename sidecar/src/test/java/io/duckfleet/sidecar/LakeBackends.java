package io.duckfleet.sidecar;

import static io.restassured.RestAssured.given;

import io.duckfleet.common.duckdb.DuckDb;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Starts the backends before the service, and lends them to tests.
public final class LakeBackends implements QuarkusTestResourceLifecycleManager {

    private static final String SCHEMA = "tested";

    private @Nullable TestBackends backends;
    private @Nullable DuckDb reader;

    @Override
    public Map<String, String> start() {
        TestBackends started = TestBackends.start();
        backends = started;
        return started.variables(SCHEMA);
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(LakeBackends.class));
    }

    TestBackends backends() {
        return Objects.requireNonNull(backends);
    }

    /// A reader that attached the lake when it was first asked for.
    synchronized DuckDb reader() {
        DuckDb attached = reader;
        if (attached == null) {
            attached = TestBackends.reader(backends().variables(SCHEMA));
            reader = attached;
        }
        return attached;
    }

    /// Runs a statement as another program that writes to the lake, once the service has made that.
    void write(String sql) {
        given().get("/health").then().statusCode(200);
        TestBackends.write(backends().variables(SCHEMA), sql);
    }

    /// The names of the objects under `prefix`.
    List<String> objects(String prefix) {
        return backends().objects(SCHEMA, prefix);
    }

    @Override
    public void stop() {
        if (reader != null) {
            reader.close();
        }
        if (backends != null) {
            backends.close();
        }
    }
}
