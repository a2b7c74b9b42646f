package dev.fireside.leaderboards.settlement;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Grpc;
import io.grpc.HandlerRegistry;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;

/// Stands between a platform and the Firestore emulator, and lets no call through any more from the
/// n-th on: what a process looks like to the world that was killed there.
final class DyingFirestore implements AutoCloseable {
  /// Where the n-th call ends.
  enum Death {
    /// It never reaches Firestore.
    BEFORE,
    /// Firestore has done it, the answer is lost; of commits only, since a lost answer to a read is
    /// as good as no read.
    AFTER
  }

  private static final MethodDescriptor.Marshaller<byte[]> BYTES =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
          return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
          try {
            return stream.readAllBytes();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      };

  /// Not one that the client would try again.
  private static final Status KILLED = Status.PERMISSION_DENIED.withDescription("killed");

  private final ManagedChannel emulator;
  private final Server server;
  private final AtomicInteger calls = new AtomicInteger();
  private final int last;
  private final Death death;

  /// @param last the call at which the process dies, from 1
  DyingFirestore(String emulatorHost, int last, Death death) {
    this.last = last;
    this.death = death;
    this.emulator = ManagedChannelBuilder.forTarget(emulatorHost).usePlaintext().build();
    try {
      this.server =
          Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
              .maxInboundMessageSize(64 << 20)
              .fallbackHandlerRegistry(
                  new HandlerRegistry() {
                    @Override
                    public ServerMethodDefinition<?, ?> lookupMethod(
                        String name, String authority) {
                      return ServerMethodDefinition.create(method(name), forwarding(name));
                    }
                  })
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String host() {
    return "127.0.0.1:" + server.getPort();
  }

  /// Whether the n-th call was reached.
  boolean hasDied() {
    return calls.get() >= last;
  }

  @Override
  public void close() {
    server.shutdownNow();
    emulator.shutdownNow();
  }

  private static MethodDescriptor<byte[], byte[]> method(String name) {
    return MethodDescriptor.newBuilder(BYTES, BYTES)
        .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
        .setFullMethodName(name)
        .build();
  }

  private ServerCallHandler<byte[], byte[]> forwarding(String name) {
    return (incoming, headers) -> {
      int number = number(name);
      if (number > last || (number == last && death == Death.BEFORE)) {
        incoming.close(KILLED, new Metadata());
        return new ServerCall.Listener<>() {};
      }
      var passage =
          new Passage(
              incoming, emulator.newCall(method(name), CallOptions.DEFAULT), number == last);
      passage.start(headers);
      return passage.requests();
    };
  }

  /// Which of the calls that are counted it is, from 1; 0 for one that is let through.
  private int number(String name) {
    // The locks of a killed process are freed after a while: not what is tested here.
    if (name.endsWith("/Rollback")) {
      return 0;
    }
    if (death == Death.BEFORE || name.endsWith("/Commit")) {
      return calls.incrementAndGet();
    }
    return hasDied() ? last + 1 : 0;
  }

  /// One call on its way, message by message.
  private static final class Passage {
    private final ServerCall<byte[], byte[]> incoming;
    private final ClientCall<byte[], byte[]> outgoing;
    private final boolean answerIsLost;

    Passage(
        ServerCall<byte[], byte[]> incoming,
        ClientCall<byte[], byte[]> outgoing,
        boolean answerIsLost) {
      this.incoming = incoming;
      this.outgoing = outgoing;
      this.answerIsLost = answerIsLost;
    }

    void start(Metadata headers) {
      outgoing.start(answers(), headers);
      outgoing.request(1);
      incoming.request(1);
      if (!answerIsLost) {
        incoming.sendHeaders(new Metadata());
      }
    }

    private ClientCall.Listener<byte[]> answers() {
      return new ClientCall.Listener<>() {
        @Override
        public void onMessage(byte[] message) {
          if (!answerIsLost) {
            incoming.sendMessage(message);
          }
          outgoing.request(1);
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
          incoming.close(answerIsLost ? KILLED : status, answerIsLost ? new Metadata() : trailers);
        }
      };
    }

    ServerCall.Listener<byte[]> requests() {
      return new ServerCall.Listener<>() {
        @Override
        public void onMessage(byte[] message) {
          outgoing.sendMessage(message);
          incoming.request(1);
        }

        @Override
        public void onHalfClose() {
          outgoing.halfClose();
        }

        @Override
        public void onCancel() {
          outgoing.cancel("The caller went", null);
        }
      };
    }
  }
}
