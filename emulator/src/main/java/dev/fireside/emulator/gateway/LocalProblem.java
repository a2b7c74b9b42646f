package dev.fireside.emulator.gateway;

/// A call of `/_local` that cannot be answered.
final class LocalProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  LocalProblem(int status, String detail) {
    super(detail, null, false, false);
    this.status = status;
  }

  int status() {
    return status;
  }
}
