package io.duckfleet.coordinator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.query.StopSignal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MemoryReservationsTest {

    private static final long MIB = 1 << 20;

    private final MemoryReservations reservations = new MemoryReservations(100 * MIB, 1);

    @Test
    void givesBackWhatWasReserved() {
        try (MemoryReservations.Reservation reserved = reserve(60 * MIB)) {
            assertThat(reserved).isNotNull();
            assertThat(reservations.reservedBytes()).isEqualTo(60 * MIB);
        }
        assertThat(reservations.reservedBytes()).isZero();
    }

    @Test
    void letsAQueryThatWantsTooMuchRunAlone() {
        try (MemoryReservations.Reservation all = reserve(1_000 * MIB)) {
            assertThat(all).isNotNull();
            assertThat(reservations.reservedBytes()).isEqualTo(100 * MIB);
        }
    }

    @Test
    void tellsTheDeadlineOfWhoWaitedInVain() {
        try (MemoryReservations.Reservation held = reserve(60 * MIB)) {
            assertThat(held).isNotNull();
            assertThatThrownBy(
                            () -> reservations.reserve(60 * MIB, Deadline.in(Duration.ofMillis(20)), new StopSignal()))
                    .isInstanceOfSatisfying(
                            FleetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE));
        }
    }

    @Test
    void letsTheNextOneInAndRefusesMoreThanMayWait() {
        MemoryReservations.Reservation held = reserve(60 * MIB);
        CompletableFuture<MemoryReservations.Reservation> waiting =
                CompletableFuture.supplyAsync(() -> reserve(80 * MIB));
        while (reservations.waiting() == 0) {
            Thread.onSpinWait();
        }
        assertThatThrownBy(() -> reserve(80 * MIB))
                .isInstanceOfSatisfying(
                        FleetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED));

        held.close();
        waiting.join().close();

        assertThat(reservations.reservedBytes()).isZero();
    }

    @Test
    void letsGoOfWhoIsCancelledWhileItWaits() {
        StopSignal signal = new StopSignal();
        try (MemoryReservations.Reservation held = reserve(60 * MIB)) {
            assertThat(held).isNotNull();
            signal.stop(StopSignal.Reason.CANCELLED);

            assertThatThrownBy(() -> reservations.reserve(60 * MIB, Deadline.in(Duration.ofMinutes(1)), signal))
                    .isInstanceOfSatisfying(
                            FleetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
        }
        assertThat(reservations.waiting()).isZero();
    }

    private MemoryReservations.Reservation reserve(long bytes) {
        return reservations.reserve(bytes, Deadline.in(Duration.ofMinutes(1)), new StopSignal());
    }
}
