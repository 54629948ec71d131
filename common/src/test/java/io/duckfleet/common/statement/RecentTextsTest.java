package io.duckfleet.common.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentTextsTest {

    private final RecentTexts<Integer> lengths = new RecentTexts<>();
    private final List<String> made = new ArrayList<>();

    @Test
    void makesOfATextOnce() {
        assertThat(lengthOf("SELECT 1")).isEqualTo(8);
        assertThat(lengthOf("SELECT 1")).isEqualTo(8);

        assertThat(made).containsExactly("SELECT 1");
    }

    @Test
    void forgetsWhatWasNotUsedForLongest() {
        lengthOf("first");
        lengthOf("second");
        for (int i = 0; i < 127; i++) {
            lengthOf("first");
            lengthOf("SELECT " + i);
        }
        made.clear();

        lengthOf("first");
        lengthOf("second");

        assertThat(made).containsExactly("second");
    }

    @Test
    void remembersNoLongTexts() {
        String text = "x".repeat(2_001);

        lengthOf(text);
        lengthOf(text);

        assertThat(made).hasSize(2);
    }

    private int lengthOf(String text) {
        return lengths.of(text, it -> {
            made.add(it);
            return it.length();
        });
    }
}
