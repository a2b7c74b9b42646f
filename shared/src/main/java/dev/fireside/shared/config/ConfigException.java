package dev.fireside.shared.config;

import java.util.List;

/// The settings of a process are wrong; the message lists everything that is, so that one fix does.
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConfigException(List<String> problems) {
    super("The configuration is not usable:\n - " + String.join("\n - ", problems));
  }
}
