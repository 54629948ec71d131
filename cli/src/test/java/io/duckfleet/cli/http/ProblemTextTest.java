package io.duckfleet.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.junit.jupiter.api.Test;

class ProblemTextTest {

    @Test
    void putsACaretUnderThePlace() throws Exception {
        JsonNode problem = json("{\"detail\":\"column \\\"nam\\\" is unknown\",\"position\":7}");

        ProblemText text = ProblemText.of(400, problem, "SELECT nam FROM airports");

        assertThat(text.lines())
                .containsExactly("column \"nam\" is unknown", "  SELECT nam FROM airports", "         ^");
    }

    @Test
    void showsOnlyTheLineOfThePlace() throws Exception {
        JsonNode problem = json("{\"detail\":\"wrong\",\"position\":10}");

        ProblemText text = ProblemText.of(400, problem, "SELECT 1,\nnam\nFROM t");

        assertThat(text.lines()).containsExactly("wrong", "  nam", "  ^");
    }

    @Test
    void showsOnlyWhatIsNearInALongLine() throws Exception {
        String sql = "SELECT '" + "x".repeat(500) + "', nam FROM airports";
        JsonNode problem = json("{\"detail\":\"wrong\",\"position\":%d}".formatted(sql.indexOf("nam")));

        ProblemText text = ProblemText.of(400, problem, sql);

        assertThat(text.lines()).allMatch(line -> line.length() < 130);
        assertThat(text.lines().get(1).charAt(text.lines().get(2).indexOf('^'))).isEqualTo('n');
    }

    @Test
    void leavesOutAPositionThatIsNotInTheSql() throws Exception {
        ProblemText text = ProblemText.of(400, json("{\"detail\":\"wrong\",\"position\":99}"), "SELECT 1");

        assertThat(text.lines()).containsExactly("wrong");
    }

    @Test
    void tellsTheStatusOfAnAnswerThatIsNoProblemDocument() {
        ProblemText text = ProblemText.of(502, MissingNode.getInstance(), "");

        assertThat(text.lines()).containsExactly("the server answered with status 502");
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }
}
