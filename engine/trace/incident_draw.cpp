// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/trace/incident_draw.hpp"

#include <cmath>

#include "engine/base/hash.hpp"
#include "engine/base/random.hpp"

namespace rehearse::trace {
namespace {

constexpr double kHistoryHours = 21 * 24, kPageSpanHours = 5 * 24;
constexpr double kHorizonHours = 48;  // after the page: as far as actions are followed
constexpr double kForeverHours = 600;

}  // namespace

IncidentDraw draw_incident(const IncidentScript& script, std::uint64_t seed,
                           const std::string& title, const std::string& wanted) {
  const std::uint64_t own = Hasher().add(title).digest();
  const auto stream = [seed, own](const char* process) { return Stream(seed, process, 0, own); };
  std::vector<double> weights;
  for (const auto& variant : script.variants) weights.push_back(variant.weight);
  std::size_t drawn = stream("incident.variant").categorical(weights);
  for (std::size_t i = 0; i < script.variants.size(); ++i)
    if (script.variants[i].name == wanted) drawn = i;
  const IncidentVariant& variant = script.variants[drawn];
  IncidentDraw draw;
  draw.variant = &variant;
  draw.now_h = kHistoryHours + std::floor(stream("incident.page").uniform() * kPageSpanHours);
  draw.begin_h =
      draw.now_h -
      std::round(stream("incident.begin").uniform(variant.begins_low, variant.begins_high));
  draw.magnitude =
      stream("incident.magnitude").uniform(variant.magnitude_low, variant.magnitude_high);
  return draw;
}

void push_draw(lua_State* L, const IncidentDraw& draw) {
  const IncidentVariant& variant = *draw.variant;
  lua_newtable(L);
  for (const auto& [key, value] :
       {std::pair{"begin", draw.begin_h},
        {"now", draw.now_h},
        {"ago", draw.now_h - draw.begin_h},
        {"minutes", draw.minutes},
        {"magnitude", draw.magnitude},
        {"until_hour", draw.now_h + kHorizonHours},
        {"hurts", variant.hurts},
        {"lasts", variant.lasts_h > 0 ? variant.lasts_h : kForeverHours}}) {
    lua_pushnumber(L, value);
    lua_setfield(L, -2, key);
  }
  for (const auto& [key, text] : {std::pair{"variant", &variant.name},
                                  {"kind", &variant.kind},
                                  {"segment", &variant.segment},
                                  {"right", &variant.truth.action}}) {
    lua_pushstring(L, text->c_str());
    lua_setfield(L, -2, key);
  }
  lua_pushboolean(L, variant.harmless);
  lua_setfield(L, -2, "harmless");
}

}  // namespace rehearse::trace
