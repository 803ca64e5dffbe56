package dev.ajar.service;

import dev.ajar.catalog.guide.Walkthrough;
import dev.ajar.doctor.Check;
import dev.ajar.doctor.Diagnosis;
import dev.ajar.doctor.FactCollector;
import dev.ajar.doctor.Facts;
import dev.ajar.doctor.HostProbe;
import dev.ajar.mapping.PortMapper;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.syntax.MappingTerms;
import dev.ajar.syntax.PortRequest;
import java.util.ArrayList;
import java.util.List;

/** Examines this machine and its router from this process. */
record Examiner(PortMapper mapper, HostProbe hostProbe) {
    List<PortChecks> check(ServiceRequest.Check request) {
        List<PortChecks> all = new ArrayList<>();
        FactCollector collector = new FactCollector(mapper, hostProbe, request.timeout());
        Facts router = collector.look(request.selection());
        for (PortRequest port : request.ports()) {
            Mapping mapping = FactCollector.asOpened(port.toMapping(MappingTerms.of(LeaseDuration.PERMANENT)), router);
            Facts facts = collector.with(router, mapping);
            all.add(new PortChecks(mapping.label(), Check.of(facts, facts.port().orElseThrow())));
        }
        return all;
    }

    Examination doctor(ServiceRequest.Examine request) {
        FactCollector collector = new FactCollector(mapper, hostProbe, request.timeout());
        Facts router = collector.look(request.selection());
        Facts facts = request.port()
                .map(named -> FactCollector.asOpened(named, router))
                .map(port -> collector.trying(router, port, request.selection()))
                .orElse(router);
        return new Examination(facts, Diagnosis.of(facts));
    }

    Guidance guide(ServiceRequest.Guide request) {
        RouterRecognition recognised = request.router()
                .orElseGet(() -> RouterRecognition.of(
                        mapper.discover(request.selection(), request.search()).gateways(), hostProbe));
        Walkthrough walk = Walkthrough.of(
                recognised.guide(), request.mappings(), recognised.router(), request.here(), hostProbe::card);
        return new Guidance(walk, recognised.how());
    }
}
