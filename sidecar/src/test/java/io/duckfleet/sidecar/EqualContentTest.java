package io.duckfleet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// What comes twice without a key was meant twice.
@QuarkusTest
@QuarkusTestResource(LakeBackends.class)
class EqualContentTest extends StreamLook {

    private static final String RECORD = "{\"id\":1,\"at\":\"2025-01-01T00:00:00Z\"}";

    private static void isNoRepeat(ValidatableResponse answer) {
        answer.statusCode(200).body("$", not(hasKey("duplicate")));
    }

    @Test
    void inWhateverFormItComes() {
        for (int i = 0; i < 2; i++) {
            isNoRepeat(ingest("{\"table_name\":\"equal_batch\",\"records\":[%1$s,%1$s]}".formatted(RECORD)));
            isNoRepeat(lines("?table_name=equal_lines", RECORD + "\n" + RECORD));
            isNoRepeat(file(
                    "?table_name=equal_file", "x.jsonl", (RECORD + "\n" + RECORD).getBytes(StandardCharsets.UTF_8)));
            isNoRepeat(stream("table_name=equal_stream", "{\"data\":%s}".formatted(RECORD)));
            isNoRepeat(stream("table_name=equal_stream", "{\"data\":%s}".formatted(RECORD)));
            isNoRepeat(flush("table_name=equal_stream"));
        }

        for (String form : new String[] {"batch", "lines", "file", "stream"}) {
            assertThat(rows("SELECT count(*) || ' ' || count(DISTINCT id) FROM lake.data.equal_" + form))
                    .as(form)
                    .containsExactly("4 1");
        }
    }
}
