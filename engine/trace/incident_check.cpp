// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "engine/base/nearest.hpp"
#include "engine/trace/incident_reader.hpp"

namespace rehearse::trace {
namespace {

Result<void> known(const std::string& what, const std::string& name,
                   const std::vector<std::string>& names, const std::string& variant) {
  if (std::find(names.begin(), names.end(), name) != names.end()) return {};
  return fail(Code::invalid_argument,
              "incident: variant `{}` names the {} `{}`, which is not there{}", variant, what, name,
              did_you_mean(name, names));
}

Result<void> check_names(const char* list, const std::vector<std::string>& names,
                         std::size_t least) {
  if (names.size() < least)
    return fail(Code::invalid_argument, "incident: `{}` holds {}, at least {} are due", list,
                names.size(), least);
  for (std::size_t i = 0; i < names.size(); ++i)
    if (std::find(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(i), names[i]) !=
        names.begin() + static_cast<std::ptrdiff_t>(i))
      return fail(Code::invalid_argument, "incident: `{}` holds `{}` twice", list, names[i]);
  return {};
}

}  // namespace

Result<void> check_incident(const IncidentScript& script,
                            const std::vector<plan::IncidentProbe>& probes,
                            const std::vector<IncidentResponse>& responses) {
  std::vector<std::string> probe_names, action_names, variant_names;
  for (const auto& probe : probes) probe_names.push_back(probe.name);
  for (const auto& response : responses) action_names.push_back(response.name);
  for (const auto& variant : script.variants) variant_names.push_back(variant.name);
  for (auto checked :
       {check_names("probes", probe_names, 1), check_names("actions", action_names, 2),
        check_names("diagnoses", script.diagnoses, 2), check_names("variants", variant_names, 1)})
    if (!checked) return checked;
  for (const IncidentVariant& variant : script.variants) {
    const plan::IncidentTruth& truth = variant.truth;
    if (auto fine = known("diagnosis", truth.diagnosis, script.diagnoses, variant.name); !fine)
      return fine;
    if (auto fine = known("action", truth.action, action_names, variant.name); !fine) return fine;
    for (const std::string& name : truth.near)
      if (auto fine = known("diagnosis", name, script.diagnoses, variant.name); !fine) return fine;
    for (const auto* list : {&truth.settles, &truth.useful})
      for (const std::string& name : *list)
        if (auto fine = known("probe", name, probe_names, variant.name); !fine) return fine;
    if (truth.settles.empty())
      return fail(
          Code::invalid_argument,
          "incident: variant `{}` says of no probe that it settles the cause; add settles = "
          "{{ … }}",
          variant.name);
  }
  return {};
}

}  // namespace rehearse::trace
