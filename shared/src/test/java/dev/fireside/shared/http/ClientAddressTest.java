package dev.fireside.shared.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientAddressTest {
  private static String address(int hops, String... headers) {
    return address(hops, FakeRequest.of("GET", "/").header("X-Forwarded-For", headers));
  }

  private static String address(int hops, FakeRequest request) {
    return ClientAddress.of(new Headers(request), hops);
  }

  @Test
  void believesOnlyWhatOurOwnProxiesAppended() {
    assertThat(address(1, "203.0.113.7")).isEqualTo("203.0.113.7");
    assertThat(address(1, "1.1.1.1, 2.2.2.2, 203.0.113.7")).isEqualTo("203.0.113.7");
    assertThat(address(2, "1.1.1.1, 203.0.113.7, 10.0.0.1")).isEqualTo("203.0.113.7");
  }

  @Test
  void aSecondHeaderOfTheClientIsNotBelieved() {
    assertThat(address(1, "1.1.1.1", "203.0.113.7")).isEqualTo("203.0.113.7");
    assertThat(address(2, "1.1.1.1,203.0.113.7", "10.0.0.1")).isEqualTo("203.0.113.7");
  }

  @Test
  void findsTheHeaderWhateverItsCase() {
    assertThat(address(1, FakeRequest.of("GET", "/").header("x-forwarded-for", "1.2.3.4")))
        .isEqualTo("1.2.3.4");
  }

  @Test
  void isUnknownWhereNoProxyOfOursWrote() {
    assertThat(address(1, FakeRequest.of("GET", "/"))).isEqualTo("unknown");
    assertThat(address(0, "1.2.3.4")).isEqualTo("unknown");
    assertThat(address(3, "1.2.3.4, 5.6.7.8")).isEqualTo("unknown");
    assertThat(address(1, "1.2.3.4,")).isEqualTo("unknown");
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3,10.0.0.0/8,true",
    "11.1.2.3,10.0.0.0/8,false",
    "10.1.2.3,10.1.2.3,true",
    "10.1.2.3,10.1.2.2/31,true",
    "10.1.2.4,10.1.2.2/31,false",
    "1.2.3.4,0.0.0.0/0,true",
    "192.168.1.255,192.168.1.128/25,true",
    "192.168.1.127,192.168.1.128/25,false",
    "2001:db8::1,2001:db8::/32,true",
    "2001:db9::1,2001:db8::/32,false",
    "::1,::1,true",
    "::1,0.0.0.0/0,false",
    "1.2.3.4,::/0,false",
    "::ffff:10.1.2.3,10.0.0.0/8,true"
  })
  void knowsNetworks(String address, String network, boolean inside) {
    assertThat(ClientAddress.isIn(address, List.of("172.16.0.0/12", network))).isEqualTo(inside);
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown", "", "dead.beef", "localhost", "1.2.3.4:80", "fe80::1%eth0x"})
  void whatIsNoAddressIsInNoNetwork(String address) {
    assertThat(ClientAddress.isIn(address, List.of("0.0.0.0/0", "::/0"))).isFalse();
  }

  @Test
  void countsACustomersWholeIpv6NetworkAsOneCaller() {
    assertThat(ClientAddress.caller("2001:db8:1:2:aaaa::1"))
        .isEqualTo(ClientAddress.caller("2001:db8:1:2:bbbb::2"))
        .isEqualTo("2001:db8:1:2::/64")
        .isNotEqualTo(ClientAddress.caller("2001:db8:1:3::1"));
    assertThat(ClientAddress.caller("1.2.3.4")).isEqualTo("1.2.3.4");
    assertThat(ClientAddress.caller("unknown")).isEqualTo("unknown");
  }
}
