// SPDX-License-Identifier: GPL-3.0-or-later
//
// Run length: how many observations pass until a detector's alarm. In control its mean (ARL₀) is
// the price, observations per false alarm; after a shift its mean is the delay. A threshold is
// chosen from the ARL₀ that somebody accepts, never from a table of defaults.
//
// CUSUM and EWMA: the integral equation of the run length (Page 1954; Crowder 1987), of which the
// Markov chain of Brook and Evans (1972) is the midpoint rule, by Gauss-Legendre nodes: exact to
// about 1e-6. Both sides of a CUSUM together: 1/ARL = 1/ARL⁺ + 1/ARL⁻ (exact for equal k and h).
// The EWMA starts at its level and its limits are those of each t: the density of the survivors is
// carried until the limits stand still. Above h = 100 deviations Siegmund's (1985) closed form.
//
// Page-Hinkley, DDM and ADWIN learn their level from the stream and have no such equation; they are
// simulated, and the mean comes with its standard error. A run that is still quiet at the end of
// the simulation counts as exposure: mean = observations / alarms, exact for a geometric tail. DDM
// has none: the longer it has been quiet, the deafer it is, so that its mean depends on the
// horizon; a threshold is for runs of five times the run length asked for.
//
// All of it holds for independent normal observations (of 0 and 1 for DDM) whose level is known. A
// level and deviation estimated from a short past, or a rhythm, give more false alarms than this.
#pragma once

#include <cstdint>
#include <string>

#include "engine/base/stop.hpp"
#include "engine/monitor/detectors.hpp"

namespace rehearse::monitor {

// What the observations are while nothing has changed: normal, or for DDM means of `trials`
// outcomes of 0 or 1 with the rate mu. A shift is in sigmas.
struct InControl {
  double mu = 0, sigma = 1, trials = 1;
  bool operator==(const InControl&) const = default;
};

struct RunLength {
  double mean = 0, standard_error = 0;  // 0: not simulated
  bool at_least = false;                // no alarm at all: longer than `mean`
  bool exact() const { return standard_error == 0 && !at_least; }
};

struct RunLengthOptions {
  std::uint64_t seed = 1;
  int replicates = 400;
  double longest = 20000;   // observations of a simulated run at most
  double quiet_before = 0;  // observations in control before the shift; more suit what learns
  bool simulate = false;    // also CUSUM and EWMA, with their estimate's error
};

// Mean observations from the shift to the first alarm, the alarming one included.
// Errors: options not valid, sigma ≤ 0, the shifted rate of a DDM outside (0, 1); cancelled.
Result<RunLength> run_length(const DetectorOptions& detector, double shift,
                             const InControl& in_control = {}, const RunLengthOptions& options = {},
                             const Progress& progress = {});

// The same detector with the threshold whose in-control run length is `arl0` (observations, ≥ 2).
// ADWIN's delta cannot be above 1: where even that is more patient, it is what is returned.
// What had to be simulated is remembered for as long as the process lives, and asked again it costs
// nothing. Safe from any thread.
// Errors: as above; a run length that the detector cannot have (it waits longer before it speaks).
Result<DetectorOptions> threshold_for(const DetectorOptions& detector, double arl0,
                                      const InControl& in_control = {},
                                      const RunLengthOptions& options = {},
                                      const Progress& progress = {});

// A detector made for a shift of that many deviations: k and delta are half of it, lambda of EWMA
// 0.14 shift^1.5 (a fit to Lucas, Saccucci 1990). The threshold is the default one.
// Errors: no such detector, shift not above 0.
Result<DetectorOptions> tuned_for(const std::string& name, double shift,
                                  const InControl& in_control = {});

// The equations alone, standardised: observations are N(mean, deviation) where the chart expects
// N(0, 1).
double cusum_run_length(double k, double h, double mean, double deviation = 1);
double cusum_one_sided_run_length(double k, double h, double mean, double deviation = 1);
double ewma_run_length(double lambda, double limit, double mean, double deviation = 1);

}  // namespace rehearse::monitor
