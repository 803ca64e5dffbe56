package dev.ajar.gateway.admin;

import dev.ajar.gateway.GatewayHistory;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.PortPolicy;
import java.util.List;
import java.util.Optional;

/** What has to be done for a rule, given the router's list. Pure. */
sealed interface RulePlan {
    /** How many ports are tried where any free one will do. */
    int MOST_PORTS = 100;

    int HIGHEST_PORT = 65535;

    /** It is there already. */
    record Done(Port external) implements RulePlan {}

    /** A rule of another program or user has the port; it is never changed. */
    record Taken(Failure conflict) implements RulePlan {}

    record Add(RuleRequest request) implements RulePlan {}

    /** Our own rule, as ajar made it, leads to a port or an address that is not wanted any more. */
    record Replace(RouterRule old, RuleRequest request) implements RulePlan {}

    /** Our own rule was changed on the router's page since: led elsewhere, or switched off. It is its owner's now. */
    record Changed(RouterRule rule, RuleRequest request) implements RulePlan {}

    /** The external port of the rule that it writes. */
    default Optional<Port> written() {
        return switch (this) {
            case Done ignored -> Optional.empty();
            case Taken ignored -> Optional.empty();
            case Changed ignored -> Optional.empty();
            case Add(RuleRequest request) -> Optional.of(request.external());
            case Replace(RouterRule ignored, RuleRequest request) -> Optional.of(request.external());
        };
    }

    /** @param history tells a rule that is still as the state file has it */
    static RulePlan of(RuleRequest request, RuleList list, PortPolicy policy, GatewayHistory history) {
        Optional<RouterRule> own = list.named(request);
        boolean met = own.filter(request::isMetBy).isPresent();
        Optional<RouterRule> holder = met ? list.shadow(request, own.get()) : list.holder(request);
        if (met && holder.isEmpty()) {
            return new Done(request.external());
        }
        if (holder.isPresent()) {
            return switch (policy) {
                case EXACT -> new Taken(conflict(request, holder.get()));
                case ANY_FREE -> onFreePort(request, list, own, holder.get(), history);
            };
        }
        return inPlaceOf(own, request, history);
    }

    private static RulePlan inPlaceOf(Optional<RouterRule> own, RuleRequest request, GatewayHistory history) {
        return own.map(old -> isAsMade(old, history) ? new Replace(old, request) : new Changed(old, request))
                .orElseGet(() -> new Add(request));
    }

    private static boolean isAsMade(RouterRule own, GatewayHistory history) {
        List<ObservedMapping> entries = own.observed();
        return own.enabled() && entries.size() == 1 && history.isOurs(entries.getFirst());
    }

    private static RulePlan onFreePort(
            RuleRequest request, RuleList list, Optional<RouterRule> own, RouterRule holder, GatewayHistory history) {
        for (int i = 1; i <= MOST_PORTS; i++) {
            int next = request.external().number() + i;
            if (next > HIGHEST_PORT) {
                break;
            }
            RuleRequest other = request.onExternalPort(new Port(next));
            if (own.filter(other::isMetBy).isPresent()) {
                return new Done(other.external());
            }
            if (list.holder(other).isEmpty()) {
                return inPlaceOf(own, other, history);
            }
        }
        return new Taken(conflict(request, holder));
    }

    private static Failure conflict(RuleRequest request, RouterRule holder) {
        Optional<Endpoint> where = Addresses.ipv4(holder.client().raw().strip())
                .map(address -> new Endpoint(
                        address,
                        holder.observed(request.protocol(), request.external().number())
                                .internalPort()));
        return new Failure.Conflict(
                Message.of(
                        "admin.taken",
                        "port",
                        request.external(),
                        "client",
                        holder.client().display(),
                        "name",
                        holder.name().display()),
                where,
                Optional.empty());
    }
}
