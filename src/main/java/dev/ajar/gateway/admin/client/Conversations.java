package dev.ajar.gateway.admin.client;

import dev.ajar.catalog.RouterInterface;
import dev.ajar.gateway.admin.Approval;
import dev.ajar.gateway.admin.Credentials;
import dev.ajar.gateway.admin.RouterLogin;
import dev.ajar.gateway.admin.RuleTable;
import dev.ajar.gateway.admin.connection.AdminConnection;
import dev.ajar.gateway.admin.connection.DiscreetTable;
import dev.ajar.gateway.admin.form.FormCgiClient;
import dev.ajar.gateway.admin.form.FormCgiTable;
import dev.ajar.gateway.admin.form.HookFormClient;
import dev.ajar.gateway.admin.form.HookFormTable;
import dev.ajar.gateway.admin.rest.BasicRestClient;
import dev.ajar.gateway.admin.rest.BasicRestTable;
import dev.ajar.gateway.admin.rest.CookieCsrfClient;
import dev.ajar.gateway.admin.rest.FixedSecret;
import dev.ajar.gateway.admin.rest.HeaderJsonClient;
import dev.ajar.gateway.admin.rest.HeaderJsonTable;
import dev.ajar.gateway.admin.rest.RestAccess;
import dev.ajar.gateway.admin.rest.RestDialect;
import dev.ajar.gateway.admin.rpc.ContextRpcClient;
import dev.ajar.gateway.admin.rpc.ContextRpcTable;
import dev.ajar.gateway.admin.rpc.SessionRpcClient;
import dev.ajar.gateway.admin.rpc.SessionRpcTable;
import dev.ajar.json.JsonObject;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import dev.ajar.system.SecureNonces;
import dev.ajar.system.Timeline;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The ways of talking that profiles name. */
public final class Conversations {
    private static final Map<String, Conversation> ALL = Map.of(
            "session-rpc", Conversations::sessionRpc,
            "basic-rest", Conversations::basicRest,
            "form-cgi", Conversations::formCgi,
            "digest-soap", Conversations::digestSoap,
            "challenge-token", Conversations::challengeToken,
            "header-json", Conversations::headerJson,
            "hook-form", Conversations::hookForm,
            "context-rpc", Conversations::contextRpc,
            "challenge-cookie", Conversations::challengeCookie);

    private Conversations() {}

    /** Makes the login of one way of talking. */
    @FunctionalInterface
    private interface Conversation {
        RouterLogin with(
                RouterInterface make,
                AdminConnection connection,
                Credentials credentials,
                Approval approval,
                Timeline timeline);
    }

    /**
     * @param approval who can confirm a change on the router itself
     * @throws IllegalArgumentException if the profile names a way of talking that does not exist
     */
    public static RouterLogin login(
            RouterInterface make,
            AdminConnection connection,
            Credentials credentials,
            Approval approval,
            Timeline timeline) {
        Conversation conversation = ALL.get(make.conversation());
        if (conversation == null) {
            throw new IllegalArgumentException("no conversation " + make.conversation());
        }
        RouterLogin login = conversation.with(make, connection, credentials, approval, timeline);
        return deadline -> DiscreetTable.of(login.login(deadline), credentials);
    }

    private static RouterLogin sessionRpc(
            RouterInterface make,
            AdminConnection connection,
            Credentials credentials,
            Approval approval,
            Timeline timeline) {
        String path = make.details().text("path");
        return deadline -> new SessionRpcClient(connection, path, new SecureNonces())
                .login(credentials, deadline)
                .map(client -> (RuleTable) new SessionRpcTable(client, timeline));
    }

    private static RouterLogin basicRest(
            RouterInterface make,
            AdminConnection connection,
            Credentials credentials,
            Approval approval,
            Timeline timeline) {
        RestDialect dialect = RestDialect.of(make.details());
        String right = make.details().text("right");
        Optional<JsonObject> session = make.details().object("session");
        // A user's name and password in place of the key.
        Function<Deadline, Result<RestAccess>> access =
                session.isPresent() && !credentials.user().isEmpty()
                        ? deadline -> CookieCsrfClient.login(connection, session.get(), credentials, timeline, deadline)
                        : deadline -> Result.ok(new FixedSecret(credentials, dialect.keyHeader()));
        return deadline -> access.apply(deadline)
                .map(let -> (RuleTable) new BasicRestTable(new BasicRestClient(connection, let, right), dialect));
    }

    private static RouterLogin digestSoap(
            RouterInterface make,
            AdminConnection connection,
            Credentials credentials,
            Approval approval,
            Timeline timeline) {
        return deadline ->
                DigestSoapTable.login(make.details(), connection, credentials, new SecureNonces(), approval, deadline);
    }

    private static RouterLogin challengeToken(
            RouterInterface make,
            AdminConnection connection,
            Credentials credentials,
            Approval approval,
            Timeline timeline) {
        return deadline -> new ChallengeTokenClient(connection, make.details())
                .login(credentials.secret(), deadline)
                .map(client -> (RuleTable) new ChallengeTokenTable(client, timeline));
    }

    private static RouterLogin headerJson(
            RouterInterface make,
            AdminConnection connection,
            Credentials credentials,
            Approval approval,
            Timeline timeline) {
        return deadline ->
                Result.ok(new HeaderJsonTable(new HeaderJsonClient(connection, credentials, make.details())));
    }

    private static RouterLogin challengeCookie(
            RouterInterface make,
            AdminConnection connection,
            Credentials credentials,
            Approval approval,
            Timeline timeline) {
        return deadline -> new ChallengeCookieClient(connection, make.details())
                .login(credentials, deadline)
                .map(client -> (RuleTable) new ChallengeCookieTable(client));
    }

    private static RouterLogin hookForm(
            RouterInterface make,
            AdminConnection connection,
            Credentials credentials,
            Approval approval,
            Timeline timeline) {
        return deadline -> new HookFormClient(connection, make.details())
                .login(credentials, deadline)
                .map(client -> (RuleTable) new HookFormTable(client, make.details(), timeline));
    }

    private static RouterLogin contextRpc(
            RouterInterface make,
            AdminConnection connection,
            Credentials credentials,
            Approval approval,
            Timeline timeline) {
        return deadline -> new ContextRpcClient(connection, make.details())
                .login(credentials, deadline)
                .map(client -> (RuleTable) new ContextRpcTable(client, timeline));
    }

    private static RouterLogin formCgi(
            RouterInterface make,
            AdminConnection connection,
            Credentials credentials,
            Approval approval,
            Timeline timeline) {
        String path = make.details().text("path");
        return deadline -> new FormCgiClient(connection, path)
                .login(credentials, deadline)
                .map(client -> (RuleTable) new FormCgiTable(client));
    }
}
