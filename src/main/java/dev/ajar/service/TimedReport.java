package dev.ajar.service;

import dev.ajar.mapping.report.Freshness;

/** A report with the time at which what it shows was seen. */
public record TimedReport<T>(T report, Freshness freshness) {}
