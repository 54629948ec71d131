package io.duckfleet.datanode.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeKeyTest {

    @Test
    void letsEverybodyInWithoutASecret() {
        assertThat(new NodeKey(Optional.empty()).admits("")).isTrue();
        assertThat(new NodeKey(Optional.of(" ")).admits("")).isTrue();
    }

    @Test
    void letsInWhoShowsTheSecretAndNobodyElse() {
        NodeKey key = new NodeKey(Optional.of("s3cret"));

        assertThat(key.admits("Bearer s3cret")).isTrue();
        assertThat(key.admits("Bearer s3cret ")).isFalse();
        assertThat(key.admits("s3cret")).isFalse();
        assertThat(key.admits("")).isFalse();
    }

    @Test
    void doesntPrintTheSecret() {
        assertThat(new NodeKey(Optional.of("s3cret")).toString()).isEqualTo("NodeKey[set]");
    }
}
