package io.duckfleet.datanode.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.datanode.table.LoadProgress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream terminal = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final LoadProgress half = new LoadProgress(50_000_000, 100_000_000, 1_200_000, Duration.ofSeconds(2));

    @Test
    void drawsHowFarALoadIs() {
        new ProgressBar(terminal).draw(half);

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo("\r[===============>              ] "
                        + "50 % of 100.0 MB, 1,200,000 rows, 25.0 MB/s, 2 s left\u001b[K");
    }

    @Test
    void drawsTheBeginningAndTheEnd() {
        new ProgressBar(terminal).draw(LoadProgress.NONE);
        new ProgressBar(terminal).draw(new LoadProgress(10, 10, 1, Duration.ofSeconds(1)));

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("[>" + " ".repeat(29) + "] 0 %")
                .contains("[" + "=".repeat(30) + "] 100 %");
    }

    @Test
    void takesTheBarAwayAtTheEndOfTheLoad() {
        String result = new ProgressDisplay.OnTerminal(terminal).during("s3://b/k", display -> {
            display.accept(half);
            return "loaded";
        });

        assertThat(result).isEqualTo("loaded");
        assertThat(bytes.toString(StandardCharsets.UTF_8)).startsWith("\r[===").endsWith("\r\u001b[K");
    }
}
