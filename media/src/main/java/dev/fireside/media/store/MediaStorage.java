package dev.fireside.media.store;

import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.gax.retrying.RetrySettings;
import com.google.auth.ServiceAccountSigner;
import com.google.cloud.NoCredentials;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.AccessTokens;
import dev.fireside.shared.config.Config;
import dev.fireside.shared.config.ConfigException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Cloud Storage: what was uploaded, and what is served.
///
/// Google's client, over HTTP and JSON; made once for all functions of a process. The client reads
/// no variable of an emulator: `STORAGE_EMULATOR_HOST` (`http://host:port`, refused in production)
/// is ours to pass on.
public final class MediaStorage implements AutoCloseable {
  private static final String GOOGLE = "https://storage.googleapis.com";
  private static final List<String> SCOPES =
      List.of("https://www.googleapis.com/auth/devstorage.read_write");

  private static final int CONNECT_MILLIS = 2_000;
  private static final int READ_MILLIS = 10_000;

  private final StorageCalls calls;
  private final Storage client;
  private final BucketStore uploads;
  private final BucketStore served;
  private final ResumableSessions sessions;

  private MediaStorage(Platform platform) {
    Config config = platform.config();
    Optional<String> local = config.text("STORAGE_EMULATOR_HOST");
    String address = local.orElse(GOOGLE);
    this.calls =
        new StorageCalls(config.number("STORAGE_CONCURRENCY", 32, 1, 1_000), platform.meters());
    this.client = client(config, local.isPresent(), address);
    ServiceAccountSigner signer = signer(config);
    this.uploads =
        new BucketStore(
            bucket(config, "MEDIA_UPLOAD_BUCKET", "-uploads"), client, calls, address, signer);
    this.served =
        new BucketStore(bucket(config, "MEDIA_BUCKET", "-media"), client, calls, address, signer);
    AccessTokens tokens = local.isPresent() ? () -> "owner" : AccessTokens.google(SCOPES);
    this.sessions = new ResumableSessions(uploads.bucket(), address, tokens, calls);
  }

  /// The one of a process. Connects on first use.
  public static MediaStorage of(Platform platform) {
    return platform.client(MediaStorage.class, MediaStorage::new);
  }

  private static Storage client(Config config, boolean local, String address) {
    var options =
        StorageOptions.http()
            .setProjectId(config.projectId())
            .setHost(address)
            .setTransportOptions(
                HttpTransportOptions.newBuilder()
                    .setConnectTimeout(CONNECT_MILLIS)
                    .setReadTimeout(READ_MILLIS)
                    // The default one reads all certificates of the system when it is made.
                    .setHttpTransportFactory(NetHttpTransport::new)
                    .build())
            // Attempts are counted above it, where somebody may give up.
            .setRetrySettings(RetrySettings.newBuilder().setMaxAttempts(1).build());
    if (local) {
      options.setCredentials(NoCredentials.getInstance());
    }
    return options.build().getService();
  }

  private static @Nullable ServiceAccountSigner signer(Config config) {
    return config
        .text("MEDIA_SIGNING_KEY")
        .map(key -> new LocalSigner(config.text("MEDIA_SIGNING_ACCOUNT").orElse("local"), key))
        .orElse(null);
  }

  private static String bucket(Config config, String setting, String suffix) {
    return config
        .text(setting)
        .orElseGet(() -> {
          if (!config.isLocal()) {
            throw new ConfigException(List.of(setting + " is not set"));
          }
          return config.projectId() + suffix;
        });
  }

  /// What clients have sent, as it came.
  public BucketStore uploads() {
    return uploads;
  }

  /// What is served.
  public BucketStore served() {
    return served;
  }

  /// The sessions by which clients send to [#uploads].
  public ResumableSessions sessions() {
    return sessions;
  }

  @Override
  public void close() {
    sessions.close();
    calls.close();
    // Its client over HTTP holds nothing that would have to be closed.
  }
}
