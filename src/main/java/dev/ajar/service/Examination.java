package dev.ajar.service;

import dev.ajar.doctor.Diagnosis;
import dev.ajar.doctor.Facts;

/** What {@code ajar doctor} found, and what follows from it. */
public record Examination(Facts facts, Diagnosis diagnosis) {}
