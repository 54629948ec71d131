package io.duckfleet.common.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionsTest {

    @Test
    void suggestsWhatIsNearAndNothingElse() {
        assertThat(Suggestions.near("lables", List.of("labels", "routes", "Label"))
                        .names())
                .containsExactly("Label", "labels");
        assertThat(Suggestions.near("x", List.of("labels")).didYouMean()).isEmpty();
    }
}
