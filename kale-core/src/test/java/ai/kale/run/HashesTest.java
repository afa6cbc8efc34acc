package ai.kale.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HashesTest {
  @Test
  void aTextAloneHasTheHashOfItsUtf8Form() {
    assertThat(Hashes.sha256("abc"))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(Hashes.sha256("é")).isNotEqualTo(Hashes.sha256("e\u0301"));
  }

  @Test
  void textsDoNotRunTogether() {
    assertThat(Hashes.sha256(List.of("ab", "c"))).isNotEqualTo(Hashes.sha256(List.of("a", "bc")));
    assertThat(Hashes.sha256(List.of("abc"))).isNotEqualTo(Hashes.sha256(List.of("abc", "")));
    assertThat(Hashes.sha256(List.of())).isNotEqualTo(Hashes.sha256(List.of("")));
  }

  /** Journals are found again by these: computed with another SHA-256, of "6:" and UTF-16BE. */
  @Test
  void theHashOfTextsDoesNotChangeBetweenReleases() {
    assertThat(Hashes.sha256(List.of("aż\ud800")))
        .isEqualTo("0d53672839b0be7d52446c98a709aed1a4a9dd207edd1a56f69e7cccf8f3391c");
  }
}
