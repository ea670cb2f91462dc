// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/trace/incident_reader.hpp"

#include <cmath>

namespace rehearse::trace {
namespace {

constexpr const char* kCriteria[] = {"diagnosis", "action", "time", "probes", "update"};

Result<std::vector<std::string>> texts(lua_State* L, int index, const char* key) {
  std::vector<std::string> list;
  const int type = lua_getfield(L, index, key);
  if (type == LUA_TSTRING) {
    list.emplace_back(lua_tostring(L, -1));
  } else if (type == LUA_TTABLE) {
    lua_Integer i = 1;
    for (; lua_rawgeti(L, -1, i) == LUA_TSTRING; ++i) {
      list.emplace_back(lua_tostring(L, -1));
      lua_pop(L, 1);
    }
    const bool ended = lua_isnil(L, -1);
    lua_pop(L, 1);
    if (!ended) return fail(Code::invalid_argument, "incident: `{}`, entry {}, is no text", key, i);
  } else if (type != LUA_TNIL) {
    return fail(Code::invalid_argument, "incident: `{}` must be a list of texts", key);
  }
  lua_pop(L, 1);
  return list;
}

// A number, or { low, high }.
Result<std::pair<double, double>> range(lua_State* L, int index, const char* key,
                                        std::pair<double, double> otherwise, double low,
                                        double high) {
  const int type = lua_getfield(L, index, key);
  std::pair<double, double> read = otherwise;
  bool fine = type == LUA_TNIL;
  if (type == LUA_TNUMBER) {
    read.first = read.second = lua_tonumber(L, -1);
    fine = true;
  } else if (type == LUA_TTABLE) {
    lua_rawgeti(L, -1, 1);
    lua_rawgeti(L, -2, 2);
    fine = lua_type(L, -1) == LUA_TNUMBER && lua_type(L, -2) == LUA_TNUMBER;
    if (fine) read = {lua_tonumber(L, -2), lua_tonumber(L, -1)};
    lua_pop(L, 2);
  }
  lua_pop(L, 1);
  if (!fine || !(read.first <= read.second) || !(read.first >= low) || !(read.second <= high))
    return fail(Code::invalid_argument,
                "incident: `{}` must be a number or {{ low, high }}, from {:g} to {:g}", key, low,
                high);
  return read;
}

Result<std::string> entry_name(lua_State* L, int index, const char* list, lua_Integer place) {
  lua_rawgeti(L, index, 1);
  const std::string name = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "";
  lua_pop(L, 1);
  if (name.empty())
    return fail(Code::invalid_argument,
                "incident: entry {} of `{}` begins with its name, as in {{ \"name\", … }}", place,
                list);
  return name;
}

Result<plan::IncidentTruth> read_truth(lua_State* L, int index) {
  plan::IncidentTruth truth;
  for (auto [key, target] : {std::pair{"diagnosis", &truth.diagnosis},
                             {"action", &truth.action},
                             {"told", &truth.told},
                             {"update", &truth.update}}) {
    auto text = incident_text(L, index, key, true);
    if (!text) return fail(text.error());
    *target = std::move(*text);
  }
  for (auto [key, target] :
       {std::pair{"near", &truth.near}, {"settles", &truth.settles}, {"useful", &truth.useful}}) {
    auto list = texts(L, index, key);
    if (!list) return fail(list.error());
    *target = std::move(*list);
  }
  return truth;
}

Result<IncidentVariant> read_variant(lua_State* L, int index, lua_Integer place) {
  IncidentVariant variant;
  auto name = entry_name(L, index, "variants", place);
  if (!name) return fail(name.error());
  variant.name = std::move(*name);
  auto weight = incident_number(L, index, "weight", 1, 1e-6, 1e6);
  auto kind = incident_text(L, index, "kind");
  auto segment = incident_text(L, index, "segment");
  auto magnitude = range(L, index, "magnitude", {1, 1}, 0, 10);
  auto begins = range(L, index, "begins", {1, 6}, 0, 240);
  auto lasts = incident_number(L, index, "lasts", 0, 0, 480);
  auto hurts = incident_number(L, index, "hurts", 0, 0, 1);
  auto truth = read_truth(L, index);
  for (const Error* error :
       {weight ? nullptr : &weight.error(), kind ? nullptr : &kind.error(),
        segment ? nullptr : &segment.error(), magnitude ? nullptr : &magnitude.error(),
        begins ? nullptr : &begins.error(), lasts ? nullptr : &lasts.error(),
        hurts ? nullptr : &hurts.error(), truth ? nullptr : &truth.error()})
    if (error) return fail(error->code, "{} (variant `{}`)", error->message, variant.name);
  variant.weight = *weight, variant.lasts_h = *lasts, variant.hurts = *hurts;
  if (!kind->empty()) variant.kind = *kind;
  if (!segment->empty()) variant.segment = *segment;
  std::tie(variant.magnitude_low, variant.magnitude_high) = *magnitude;
  std::tie(variant.begins_low, variant.begins_high) = *begins;
  lua_getfield(L, index, "harmless");
  variant.harmless = lua_toboolean(L, -1);
  lua_pop(L, 1);
  variant.truth = std::move(*truth);
  return variant;
}

Result<void> read_variants(lua_State* L, int table, IncidentScript& script) {
  if (lua_getfield(L, table, "variants") != LUA_TTABLE)
    return fail(Code::invalid_argument,
                "incident: `variants` is due: a list of what may happen, each with its truth");
  for (lua_Integer i = 1; lua_rawgeti(L, -1, i) == LUA_TTABLE; ++i) {
    auto variant = read_variant(L, lua_gettop(L), i);
    if (!variant) return fail(variant.error());
    script.variants.push_back(std::move(*variant));
    lua_pop(L, 1);
  }
  lua_pop(L, 2);
  if (script.variants.empty()) return fail(Code::invalid_argument, "incident: `variants` is empty");
  return {};
}

Result<void> read_rubric(lua_State* L, int table, IncidentScript& script) {
  if (lua_getfield(L, table, "rubric") != LUA_TTABLE) {
    lua_pop(L, 1);
    script.rubric = {
        {"diagnosis", 30}, {"action", 30}, {"time", 10}, {"probes", 15}, {"update", 15}};
    return {};
  }
  const int at = lua_gettop(L);
  double sum = 0;
  for (const char* criterion : kCriteria) {
    auto points = incident_number(L, at, criterion, 0, 0, 100);
    if (!points) return fail(points.error());
    script.rubric[criterion] = *points;
    sum += *points;
  }
  lua_pop(L, 1);
  if (std::abs(sum - 100) > 1e-9)
    return fail(Code::invalid_argument,
                "incident: the points of `rubric` (diagnosis, action, time, probes, update) sum to "
                "{:g}, not to 100",
                sum);
  return {};
}

// A number, or one by variant with a positional one for all others.
Result<double> by_variant(lua_State* L, int index, const char* key, const std::string& variant,
                          double otherwise, double low, double high) {
  if (lua_getfield(L, index, key) != LUA_TTABLE) {
    lua_pop(L, 1);
    return incident_number(L, index, key, otherwise, low, high);
  }
  const int at = lua_gettop(L);
  if (lua_getfield(L, at, variant.c_str()) == LUA_TNIL) {
    lua_pop(L, 1);
    lua_rawgeti(L, at, 1);
  }
  const bool absent = lua_isnil(L, -1);
  const double number = lua_tonumber(L, -1);
  const bool fine = absent || (lua_type(L, -1) == LUA_TNUMBER && number >= low && number <= high);
  lua_pop(L, 2);
  if (!fine)
    return fail(Code::invalid_argument, "incident: `{}` of variant `{}` must be from {:g} to {:g}",
                key, variant, low, high);
  return absent ? otherwise : number;
}

}  // namespace

Result<std::string> incident_text(lua_State* L, int index, const char* key, bool needed) {
  const int type = lua_getfield(L, index, key);
  const std::string text = type == LUA_TSTRING ? lua_tostring(L, -1) : "";
  lua_pop(L, 1);
  if ((type != LUA_TSTRING && type != LUA_TNIL) || (needed && text.empty()))
    return fail(Code::invalid_argument, "incident: `{}` must be a text", key);
  return text;
}

Result<double> incident_number(lua_State* L, int index, const char* key, double otherwise,
                               double low, double high) {
  const int type = lua_getfield(L, index, key);
  const double number = type == LUA_TNUMBER ? lua_tonumber(L, -1) : otherwise;
  lua_pop(L, 1);
  if ((type != LUA_TNUMBER && type != LUA_TNIL) || !(number >= low && number <= high))
    return fail(Code::invalid_argument, "incident: `{}` must be a number from {:g} to {:g}", key,
                low, high);
  return number;
}

Result<IncidentScript> read_incident(lua_State* L) {
  const int table = lua_gettop(L);
  IncidentScript script;
  auto asks = incident_text(L, table, "asks", true);
  auto pager = incident_text(L, table, "pager", true);
  auto covers = texts(L, table, "covers");
  auto diagnoses = texts(L, table, "diagnoses");
  if (!asks) return fail(asks.error());
  if (!pager) return fail(pager.error());
  if (!covers) return fail(covers.error());
  if (!diagnoses) return fail(diagnoses.error());
  script.asks = std::move(*asks), script.pager = std::move(*pager);
  script.covers = std::move(*covers), script.diagnoses = std::move(*diagnoses);
  const int type = lua_getfield(L, table, "seed");
  if (lua_isinteger(L, -1) && lua_tointeger(L, -1) >= 0)
    script.seed = lua_tointeger(L, -1);
  else if (type != LUA_TNIL)
    return fail(Code::invalid_argument, "incident: `seed` must be a whole number from 0");
  lua_pop(L, 1);
  if (auto read = read_variants(L, table, script); !read) return fail(read.error());
  if (auto read = read_rubric(L, table, script); !read) return fail(read.error());
  return script;
}

Result<std::vector<IncidentResponse>> read_responses(lua_State* L, const std::string& variant) {
  const int table = lua_gettop(L);
  std::vector<IncidentResponse> responses;
  if (lua_getfield(L, table, "actions") != LUA_TTABLE)
    return fail(Code::invalid_argument, "incident: `actions` is due: a list of what can be done");
  for (lua_Integer i = 1; lua_rawgeti(L, -1, i) == LUA_TTABLE; ++i) {
    const int entry = lua_gettop(L);
    IncidentResponse response;
    auto name = entry_name(L, entry, "actions", i);
    auto why = incident_text(L, entry, "why", true);
    if (!name) return fail(name.error());
    if (!why) return fail(why.error().code, "{} (action `{}`)", why.error().message, *name);
    response.name = std::move(*name), response.why = std::move(*why);
    struct Field {
      const char* key;
      double* target;
      double low, high;
    };
    for (const Field& field : {Field{"minutes", &response.minutes, 0, 2880},
                               {"leaves", &response.leaves, 0, 3},
                               {"heals", &response.heals_h, 0, 240},
                               {"costs", &response.costs, 0, 1},
                               {"costs_hours", &response.costs_h, 0, 240}}) {
      auto number = by_variant(L, entry, field.key, variant, *field.target, field.low, field.high);
      if (!number)
        return fail(number.error().code, "{} (action `{}`)", number.error().message, response.name);
      *field.target = *number;
    }
    responses.push_back(std::move(response));
    lua_pop(L, 1);
  }
  lua_pop(L, 2);
  return responses;
}

}  // namespace rehearse::trace
