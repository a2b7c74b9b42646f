package dev.fireside.games.inventory;

import dev.fireside.economy.domain.Change;
import dev.fireside.economy.domain.OperationId;
import dev.fireside.economy.domain.Step;
import dev.fireside.economy.store.Holdings;
import dev.fireside.economy.store.Inventories;
import dev.fireside.games.inventory.Refusals.Effect;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.limits.Budget;
import dev.fireside.shared.lists.Part;
import dev.fireside.social.store.ProfileReader;
import dev.fireside.social.store.RelationReader;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Transport of the routes about inventories.
public final class InventoryRoutes {
  /// A player who uses up something every other second.
  private static final Budget USE = new Budget("inventory", 500, Duration.ofMinutes(15));

  /// A server that rewards many players.
  private static final Budget GRANT = new Budget("grant", 30_000, Duration.ofMinutes(15));

  private static final int UID_MAX = 128;

  private final Inventories inventories;
  private final ChangeInventory changeInventory;
  private final TransferAsset transferAsset;

  public InventoryRoutes(Platform platform) {
    var holdings = new Holdings(platform);
    this.inventories = new Inventories(platform);
    this.changeInventory = new ChangeInventory(holdings);
    this.transferAsset =
        new TransferAsset(
            holdings,
            new ProfileReader(platform),
            new RelationReader(platform),
            platform.config().flag("INVENTORY_TRANSFERS", false));
  }

  /// Adds the routes.
  public void addTo(HttpApp app) {
    app.route("GET", "/api/inventory", Access.USER, this::read)
        .route("GET", "/api/inventory/history", Access.USER, this::history)
        .route("GET", "/api/inventory/players/{uid}", Access.ADMIN, this::readOf)
        .route("GET", "/api/inventory/players/{uid}/history", Access.ADMIN, this::historyOf)
        .keyedRoute("POST", "/api/inventory/consume", Access.USER, USE, this::consume)
        .keyedRoute("POST", "/api/inventory/equip", Access.USER, USE, this::equip)
        .keyedRoute("POST", "/api/inventory/unequip", Access.USER, USE, this::unequip)
        .keyedRoute("POST", "/api/inventory/transfers", Access.USER, USE, this::transfer)
        .keyedRoute("POST", "/api/inventory/grants", Access.ADMIN, GRANT, this::grant)
        .keyedRoute("POST", "/api/inventory/takes", Access.ADMIN, GRANT, this::take);
  }

  private Response read(Request request) {
    rejectUid(request);
    return read(request.caller().uid());
  }

  private Response readOf(Request request) {
    return read(request.uid("uid"));
  }

  private Response read(Uid uid) {
    return Response.ok(inventories.get(uid)).revalidated();
  }

  private Response history(Request request) {
    rejectUid(request);
    return history(request, request.caller().uid(), "inventory history");
  }

  private Response historyOf(Request request) {
    Uid uid = request.uid("uid");
    return history(request, uid, "inventory history of " + uid);
  }

  private Response history(Request request, Uid uid, String context) {
    return Response.ok(
        request.page(
            context,
            (after, limit) ->
                Part.of(
                        inventories.history(
                            uid, after == null ? null : Long.valueOf(after), limit + 1),
                        limit,
                        receipt -> Long.toString(receipt.revision()))
                    .map(ReceiptView::of)));
  }

  /// Whoever asks for somebody else's must not take their own for it.
  private static void rejectUid(Request request) {
    if (request.query("uid", UID_MAX).isPresent()) {
      throw Request.invalidQuery(
          "uid", "names nobody here: admins read GET /api/inventory/players/{uid}");
    }
  }

  private Response consume(Request request) {
    var use = request.body(InventoryBodies::use);
    var step = new Step.Consume(use.asset(), use.amount());
    return change(request, "consume", step, use.ifRevision());
  }

  private Response equip(Request request) {
    var wear = request.body(InventoryBodies::wear);
    return change(request, "equip", new Step.Equip(wear.item()), wear.ifRevision());
  }

  private Response unequip(Request request) {
    var wear = request.body(InventoryBodies::wear);
    return change(request, "unequip", new Step.Unequip(wear.item()), wear.ifRevision());
  }

  private Response change(Request request, String kind, Step step, @Nullable Long ifRevision) {
    Uid uid = request.caller().uid();
    Change change = Change.of(operation(request, kind), kind, "").and(step).onlyAt(ifRevision);
    return answer(changeInventory.change(uid, change));
  }

  private Response transfer(Request request) {
    Uid from = request.caller().uid();
    var transfer = request.body(InventoryBodies::transfer);
    return answer(transferAsset.transfer(from, operation(request, "transfer:" + from), transfer));
  }

  private Response grant(Request request) {
    var gift = request.body(InventoryBodies::gift);
    Change change =
        Change.of(operation(request, "grant:" + request.caller().uid()), "grant", gift.reason())
            .grant(gift.bundle())
            .onlyAt(gift.ifRevision());
    return answer(changeInventory.change(gift.uid(), change));
  }

  private Response take(Request request) {
    var loss = request.body(InventoryBodies::gift);
    Change change =
        Change.of(operation(request, "take:" + request.caller().uid()), "take", loss.reason())
            .takeUpTo(loss.bundle())
            .onlyAt(loss.ifRevision());
    return answer(changeInventory.change(loss.uid(), change));
  }

  private static OperationId operation(Request request, String scope) {
    return new OperationId(scope + ":" + request.idempotencyKey().orElseGet(request::newId));
  }

  private static Response answer(Effect effect) {
    Response response = Response.ok(ReceiptView.of(effect.receipt()));
    return effect.isRepeated() ? response.with("Idempotency-Replayed", "true") : response;
  }
}
