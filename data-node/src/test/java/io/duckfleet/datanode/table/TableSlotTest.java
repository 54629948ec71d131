package io.duckfleet.datanode.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TableSlotTest {

    private final TableSlot slot = new TableSlot();

    @Test
    void isNotReadyWhileTheTableIsLoaded() {
        slot.become(new NodeState.Loading(new LoadProgress(3, 10, 0, Duration.ZERO)));

        FleetException error = catchThrowableOfType(FleetException.class, slot::tables);

        assertThat(error.code()).isEqualTo(ErrorCode.NOT_READY);
        assertThat(error.detail()).contains("3 of 10 bytes");
    }

    @Test
    void saysWhyThereWillBeNoTable() {
        slot.become(new NodeState.Failed("the bucket \"b\" doesn't exist"));

        FleetException error = catchThrowableOfType(FleetException.class, slot::tables);

        assertThat(error.code()).isEqualTo(ErrorCode.NOT_READY);
        assertThat(error.detail()).endsWith("the bucket \"b\" doesn't exist");
    }
}
