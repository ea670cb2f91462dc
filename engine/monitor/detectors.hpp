// SPDX-License-Identifier: GPL-3.0-or-later
//
// Change detectors: has the level of a stream moved, and since when? One observation at a time, in
// bounded memory; after an alarm a detector restarts, as if nothing had been seen.
//
//   Page-Hinkley (Page 1954; Hinkley 1971)  against the running mean of the stream itself:
//       m_t = α m_{t-1} + x_t - mean_t - δ, alarm when m_t - min m > λ; downwards with the signs
//       turned. Use it when the level is not known beforehand.
//   CUSUM (Page 1954), tabular, against a known level μ with deviation σ:
//       S⁺_t = max(0, S⁺_{t-1} + (x_t - μ)/σ - k), S⁻ likewise; alarm when either is above h.
//       The fastest for a lasting shift of 2k deviations (Lorden 1971).
//   EWMA (Roberts 1959), against the same:
//       z_t = λ x_t + (1 - λ) z_{t-1}, z_0 = μ; alarm when |z_t - μ| > L σ √(λ/(2-λ)(1-(1-λ)^2t)),
//       the exact limits of each t.
//   DDM (Gama et al. 2004), for a rate of errors that should not rise: p_t the rate so far, s_t =
//       √(p_t(1-p_t)/t); the least p + s is remembered; warning above p_min + 2 s_min, alarm above
//       p_min + 3 s_min. It dilutes: the longer it has run, the slower it is.
//   ADWIN (Bifet, Gavaldà 2007): a window as long as nothing in it has changed; alarm when some cut
//       of it into old and new has means further apart than
//       √(2 v m ln(2 ln W/δ)) + 2/3 m ln(2 ln W/δ), m = 1/(n₀-4) + 1/(n₁-4), v the window's
//       variance. Needs no level and no deviation; δ bounds false alarms, and bounds them loosely.
//
// Indices, strictness and defaults are those of River 0.2x and, for ADWIN's cuts, of MOA. None of
// them knows seasons or dependence between observations: remove a rhythm first, or every evening is
// an alarm. What a threshold costs in false alarms says run_length.hpp.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/error.hpp"

namespace rehearse::monitor {

enum class Signal { none, warning, alarm };
enum class Direction { none, up, down };
enum class Side { both, up, down };

// What one observation said. There is an alarm when `statistic` is above `limit`. Statistics:
// Page-Hinkley and CUSUM the larger of both sides, EWMA |z - μ|/σ, DDM (p + s - p_min)/s_min, ADWIN
// -ln of the least δ at which the widest cut would be an alarm, at its last look.
struct Reading {
  Signal signal = Signal::none;
  Direction direction = Direction::none;  // of an alarm
  double statistic = 0, limit = 0;
};

class Detector {
 public:
  virtual ~Detector() = default;
  // x finite (asserted). Where x is the mean of several outcomes of 0 or 1, `trials` says of how
  // many; DDM counts them all, the others take x as one observation. Amortised O(1).
  virtual Reading add(double x, double trials = 1) = 0;
  virtual void restart() = 0;
  // Of its state, whatever the length of the stream (ADWIN: grows with its logarithm).
  virtual std::size_t bytes() const = 0;
};

struct PageHinkleyOptions {
  double delta = 0.005, lambda = 50, alpha = 0.9999;
  double min = 30;  // observations before an alarm
  Side side = Side::both;
  bool operator==(const PageHinkleyOptions&) const = default;
};
struct CusumOptions {
  double mu = 0, sigma = 1, k = 0.5, h = 5;
  bool operator==(const CusumOptions&) const = default;
};
struct EwmaOptions {
  double mu = 0, sigma = 1, lambda = 0.2, limit = 3;
  bool operator==(const EwmaOptions&) const = default;
};
struct DdmOptions {
  double warm = 30, warning = 2, drift = 3;
  bool operator==(const DdmOptions&) const = default;
};
struct AdwinOptions {
  double delta = 0.002;
  bool operator==(const AdwinOptions&) const = default;
};
using DetectorOptions =
    std::variant<PageHinkleyOptions, CusumOptions, EwmaOptions, DdmOptions, AdwinOptions>;

// page-hinkley, cusum, ewma, ddm, adwin.
const std::vector<std::string>& detector_names();
std::string name_of(const DetectorOptions& options);

// Parameters by their names on the command line; those not given have their defaults. Errors: no
// such detector, no such parameter (those there are are listed), no number, out of its range.
Result<DetectorOptions> detector_options(const std::string& name,
                                         const std::map<std::string, std::string>& given = {});
// Every parameter with its value, as text.
std::vector<std::pair<std::string, std::string>> parameters_of(const DetectorOptions& options);
// Errors: those of the ranges above.
Result<void> validate(const DetectorOptions& options);

// The threshold of each: lambda, h, L, drift, and -ln delta of ADWIN. More is more patient.
double threshold_of(const DetectorOptions& options);
DetectorOptions with_threshold(DetectorOptions options, double threshold);
// `lambda`, `h`, `L`, `drift`, `delta`.
std::string threshold_name(const DetectorOptions& options);

// Options must be valid (asserted); an infinite threshold is, and never alarms.
std::unique_ptr<Detector> make_detector(const DetectorOptions& options);

}  // namespace rehearse::monitor
