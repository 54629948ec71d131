package io.duckfleet.sidecar.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;

class JsonLinesTest {

    @Test
    void aRecordIsOneLineOfJson() throws IOException {
        ExtLogRecord told = new ExtLogRecord(
                Level.WARNING,
                "table \"%s\" has\n%d rows",
                ExtLogRecord.FormatStyle.PRINTF,
                JsonLinesTest.class.getName());
        told.setLoggerName("io.duckfleet.sidecar.commit.GroupCommit");
        told.setParameters(new Object[] {"é", 3});
        told.setThrown(new IllegalStateException("no \"room\""));

        String line = new JsonLines().format(told);

        assertThat(line).endsWith("}\n").containsOnlyOnce("\n");
        JsonNode json = new ObjectMapper().readTree(line);
        assertThat(json.path("level").asText()).isEqualTo("WARNING");
        assertThat(json.path("logger").asText()).endsWith("GroupCommit");
        assertThat(json.path("message").asText()).isEqualTo("table \"é\" has\n3 rows");
        assertThat(json.path("error").asText()).startsWith("java.lang.IllegalStateException: no \"room\"");
        assertThat(json.path("timestamp").asText()).endsWith("Z");
        assertThat(json.has("thread")).isTrue();
    }
}
