// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/detectors.hpp"

#include <fmt/ranges.h>

#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

#include "engine/monitor/detector_kinds.hpp"

namespace rehearse::monitor {
namespace {

constexpr double kMostOfParameter = 1e12;

// One parameter of a kind of detector: where it stands, and what it may be.
template <class Options>
struct NamedParameter {
  const char* name;
  double Options::*field;
  double low, high;
  bool open = false;  // low itself is not allowed
};

constexpr NamedParameter<PageHinkleyOptions> kPageHinkley[] = {
    {"delta", &PageHinkleyOptions::delta, 0, kMostOfParameter},
    {"lambda", &PageHinkleyOptions::lambda, 0, kMostOfParameter},
    {"alpha", &PageHinkleyOptions::alpha, 0, 1, true},
    {"min", &PageHinkleyOptions::min, 1, kMostOfParameter}};
constexpr NamedParameter<CusumOptions> kCusum[] = {
    {"mu", &CusumOptions::mu, -kMostOfParameter, kMostOfParameter},
    {"sigma", &CusumOptions::sigma, 0, kMostOfParameter, true},
    {"k", &CusumOptions::k, 0, kMostOfParameter},
    {"h", &CusumOptions::h, 0, kMostOfParameter}};
constexpr NamedParameter<EwmaOptions> kEwma[] = {
    {"mu", &EwmaOptions::mu, -kMostOfParameter, kMostOfParameter},
    {"sigma", &EwmaOptions::sigma, 0, kMostOfParameter, true},
    {"lambda", &EwmaOptions::lambda, 0, 1, true},
    {"L", &EwmaOptions::limit, 0, kMostOfParameter}};
constexpr NamedParameter<DdmOptions> kDdm[] = {
    {"warm", &DdmOptions::warm, 0, kMostOfParameter},
    {"warning", &DdmOptions::warning, 0, kMostOfParameter},
    {"drift", &DdmOptions::drift, 0, kMostOfParameter}};
constexpr NamedParameter<AdwinOptions> kAdwin[] = {{"delta", &AdwinOptions::delta, 0, 1, true}};

const auto& fields_of(const PageHinkleyOptions&) { return kPageHinkley; }
const auto& fields_of(const CusumOptions&) { return kCusum; }
const auto& fields_of(const EwmaOptions&) { return kEwma; }
const auto& fields_of(const DdmOptions&) { return kDdm; }
const auto& fields_of(const AdwinOptions&) { return kAdwin; }

std::optional<double> number_in(const std::string& text) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (read.ec != std::errc() || read.ptr != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

constexpr const char* kSides[] = {"both", "up", "down"};

std::optional<Side> side_in(const std::string& text) {
  for (int i = 0; i < 3; ++i)
    if (text == kSides[i]) return static_cast<Side>(i);
  return std::nullopt;
}

template <class Options>
std::vector<std::string> names_of(const Options& options) {
  std::vector<std::string> names;
  for (const auto& one : fields_of(options)) names.emplace_back(one.name);
  if (std::is_same_v<Options, PageHinkleyOptions>) names.emplace_back("direction");
  return names;
}

template <class Options>
Result<void> set_parameter(Options& options, const std::string& name, const std::string& text) {
  if constexpr (std::is_same_v<Options, PageHinkleyOptions>)
    if (name == "direction") {
      const auto side = side_in(text);
      if (!side)
        return fail(Code::invalid_argument, "direction is both, up or down, not `{}`", text);
      options.side = *side;
      return {};
    }
  for (const auto& one : fields_of(options)) {
    if (name != one.name) continue;
    const auto value = number_in(text);
    if (!value) return fail(Code::invalid_argument, "{} is a number, not `{}`", name, text);
    options.*one.field = *value;
    return {};
  }
  return fail(Code::invalid_argument, "{} has no parameter `{}`; it has {}",
              name_of(DetectorOptions(options)), name, fmt::join(names_of(options), ", "));
}

template <class Options>
Result<void> check_ranges(const Options& options) {
  for (const auto& one : fields_of(options)) {
    const double value = options.*one.field;
    if (value >= one.low && value <= one.high && !(one.open && value == one.low)) continue;
    return fail(Code::invalid_argument, "{} must be {} {:g} and at most {:g}, not {:g}", one.name,
                one.open ? "above" : "at least", one.low, one.high, value);
  }
  return {};
}

template <class... Visitors>
struct VisitDetector : Visitors... {
  using Visitors::operator()...;
};
template <class... Visitors>
VisitDetector(Visitors...) -> VisitDetector<Visitors...>;

}  // namespace

const std::vector<std::string>& detector_names() {
  static const std::vector<std::string> names = {"page-hinkley", "cusum", "ewma", "ddm", "adwin"};
  return names;
}

std::string name_of(const DetectorOptions& options) { return detector_names()[options.index()]; }

Result<void> validate(const DetectorOptions& options) {
  return std::visit([](const auto& o) { return check_ranges(o); }, options);
}

Result<DetectorOptions> detector_options(const std::string& name,
                                         const std::map<std::string, std::string>& given) {
  DetectorOptions options;
  if (name == "page-hinkley")
    options = PageHinkleyOptions();
  else if (name == "cusum")
    options = CusumOptions();
  else if (name == "ewma")
    options = EwmaOptions();
  else if (name == "ddm")
    options = DdmOptions();
  else if (name == "adwin")
    options = AdwinOptions();
  else
    return fail(Code::invalid_argument, "there is no detector `{}`; there are {}", name,
                fmt::join(detector_names(), ", "));
  for (const auto& [parameter, text] : given)
    if (auto set = std::visit([&](auto& o) { return set_parameter(o, parameter, text); }, options);
        !set)
      return fail(set.error());
  if (auto fine = validate(options); !fine) return fail(fine.error());
  return options;
}

std::vector<std::pair<std::string, std::string>> parameters_of(const DetectorOptions& options) {
  std::vector<std::pair<std::string, std::string>> all;
  std::visit(
      [&](const auto& o) {
        for (const auto& one : fields_of(o))
          all.emplace_back(one.name, fmt::format("{:.6g}", o.*one.field));
      },
      options);
  if (const auto* page = std::get_if<PageHinkleyOptions>(&options))
    all.emplace_back("direction", kSides[static_cast<int>(page->side)]);
  return all;
}

double threshold_of(const DetectorOptions& options) {
  return std::visit(VisitDetector{[](const PageHinkleyOptions& o) { return o.lambda; },
                                  [](const CusumOptions& o) { return o.h; },
                                  [](const EwmaOptions& o) { return o.limit; },
                                  [](const DdmOptions& o) { return o.drift; },
                                  [](const AdwinOptions& o) { return -std::log(o.delta); }},
                    options);
}

DetectorOptions with_threshold(DetectorOptions options, double threshold) {
  std::visit(VisitDetector{[&](PageHinkleyOptions& o) { o.lambda = threshold; },
                           [&](CusumOptions& o) { o.h = threshold; },
                           [&](EwmaOptions& o) { o.limit = threshold; },
                           [&](DdmOptions& o) { o.drift = threshold; },
                           [&](AdwinOptions& o) { o.delta = std::exp(-threshold); }},
             options);
  return options;
}

std::string threshold_name(const DetectorOptions& options) {
  constexpr const char* kNames[] = {"lambda", "h", "L", "drift", "delta"};
  return kNames[options.index()];
}

std::unique_ptr<Detector> make_detector(const DetectorOptions& options) {
  return std::visit(VisitDetector{[](const PageHinkleyOptions& o) { return make_page_hinkley(o); },
                                  [](const CusumOptions& o) { return make_cusum(o); },
                                  [](const EwmaOptions& o) { return make_ewma(o); },
                                  [](const DdmOptions& o) { return make_ddm(o); },
                                  [](const AdwinOptions& o) { return make_adwin(o); }},
                    options);
}

}  // namespace rehearse::monitor
