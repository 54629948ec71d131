package io.duckfleet.common.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SharedKeyTest {

    @Test
    void letsEverybodyInWithoutASecret() {
        assertThat(new SharedKey(Optional.empty()).admits("")).isTrue();
        assertThat(new SharedKey(Optional.of(" ")).admits("")).isTrue();
    }

    @Test
    void letsInWhoShowsTheSecretAndNobodyElse() {
        SharedKey key = new SharedKey(Optional.of("s3cret"));

        assertThat(key.admits("Bearer s3cret")).isTrue();
        assertThat(key.admits("Bearer s3cret ")).isFalse();
        assertThat(key.admits("s3cret")).isFalse();
        assertThat(key.admits("")).isFalse();
    }

    @Test
    void showsItselfInAHeaderThatItAdmits() {
        SharedKey key = new SharedKey(Optional.of("s3cret"));

        assertThat(key.authorization())
                .hasValueSatisfying(shown -> assertThat(key.admits(shown)).isTrue());
        assertThat(new SharedKey(Optional.of("")).authorization()).isEmpty();
    }

    @Test
    void doesntPrintTheSecret() {
        assertThat(new SharedKey(Optional.of("s3cret")).toString()).isEqualTo("SharedKey[set]");
    }
}
