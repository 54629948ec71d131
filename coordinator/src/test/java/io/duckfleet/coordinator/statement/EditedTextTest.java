package io.duckfleet.coordinator.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.coordinator.statement.EditedText.Edit;
import java.util.List;
import org.junit.jupiter.api.Test;

class EditedTextTest {

    private static final EditedText TEXT = EditedText.of("EXPLAIN SELECT ? FROM t;")
            .with(List.of(new Edit(0, 8, ""), new Edit(23, 24, ""), new Edit(15, 16, " ('abc') ")))
            .with(List.of(Edit.insert(0, "FROM (")));

    @Test
    void makesAllEdits() {
        assertThat(TEXT.text()).isEqualTo("FROM (SELECT  ('abc')  FROM t");
    }

    @Test
    void leadsPositionsBack() {
        assertThat(TEXT.inOriginal(TEXT.text().indexOf("SELECT"))).isEqualTo(8);
        assertThat(TEXT.inOriginal(TEXT.text().indexOf("abc"))).isEqualTo(15);
        assertThat(TEXT.inOriginal(TEXT.text().lastIndexOf("FROM"))).isEqualTo(17);
        assertThat(TEXT.inOriginal(TEXT.text().length())).isLessThanOrEqualTo(24);
        assertThat(TEXT.inOriginal(2)).isZero();
    }
}
