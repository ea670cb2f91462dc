// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/shrink.hpp"

#include <algorithm>
#include <cmath>

namespace rehearse::judge {
namespace {

class Shrinker {
 public:
  Shrinker(const Signature& signature, Input input, const StillFails& still_fails,
           const ShrinkBudget& budget)
      : signature_(signature), best_(std::move(input)), still_fails_(still_fails), left_(budget) {}

  Input run() {
    bool smaller = true;
    while (smaller && !spent()) {
      smaller = false;
      if (signature_.is_class)
        smaller |= shorten(
            best_.calls, [](Input & x) -> auto& { return x.calls; });
      for (std::size_t i = 0; i < best_.args.size(); ++i) {
        smaller |= reduce([i](Input& x) -> Value& { return x.args[i]; });
      }
      for (std::size_t c = 0; c < best_.calls.size(); ++c) {
        for (std::size_t i = 0; i < best_.calls[c].args.size(); ++i) {
          smaller |= reduce([c, i](Input& x) -> Value& { return x.calls[c].args[i]; });
        }
      }
    }
    return std::move(best_);
  }

 private:
  using Site = std::function<Value&(Input&)>;  // where in an input a value stands

  bool spent() const { return left_.tries <= 0 || left_.values == 0; }

  bool accept(Input candidate) {
    if (spent()) return false;
    --left_.tries;
    left_.values -= std::min(left_.values, judge::size_of(candidate));
    if (!still_fails_(candidate)) return false;
    best_ = std::move(candidate);
    return true;
  }

  // Leaves out chunks of a sequence, large ones first.
  template <class Sequence, class Where>
  bool shorten(const Sequence& sequence, Where&& where) {
    bool any = false;
    for (std::size_t chunk = std::max<std::size_t>(sequence.size() / 2, 1); chunk >= 1 && !spent();
         chunk /= 2) {
      for (std::size_t from = 0; from < where(best_).size() && !spent();) {
        Input candidate = best_;
        auto& shorter = where(candidate);
        std::size_t to = std::min(from + chunk, shorter.size());
        shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(from),
                      shorter.begin() + static_cast<std::ptrdiff_t>(to));
        if (accept(std::move(candidate)))
          any = true;
        else
          from += chunk;
      }
    }
    return any;
  }

  bool replace(const Site& site, Value value) {
    Input candidate = best_;
    site(candidate) = std::move(value);
    return accept(std::move(candidate));
  }

  bool reduce(const Site& site) {
    const Value& value = site(best_);
    if (const std::int64_t* number = value.integer()) return reduce_integer(site, *number);
    if (const double* number = value.real()) return reduce_real(site, *number);
    if (value.string()) {
      return shorten(
          *value.string(), [&](Input & x) -> auto& { return std::get<std::string>(site(x).data); });
    }
    return value.table() && reduce_table(site);
  }

  // Zero, one, then halves of the way to zero.
  bool reduce_integer(const Site& site, std::int64_t number) {
    if (number == 0) return false;
    if (replace(site, Value(0)) || (number != 1 && replace(site, Value(1)))) return true;
    for (std::int64_t step = number / 2; step != 0 && !spent(); step /= 2) {
      if (replace(site, Value(number - step))) return true;
    }
    return number != 1 && replace(site, Value(number > 0 ? number - 1 : number + 1));
  }

  bool reduce_real(const Site& site, double number) {
    if (number == 0 || !std::isfinite(number)) return false;
    if (replace(site, Value(0.0)) || (number != 1 && replace(site, Value(1.0)))) return true;
    if (std::trunc(number) != number) return replace(site, Value(std::trunc(number)));
    return std::abs(number) > 2 && replace(site, Value(std::trunc(number / 2)));
  }

  bool reduce_table(const Site& site) {
    bool any = false;
    auto array = [&](Input & x) -> auto& { return std::get<Table>(site(x).data).array; };
    auto fields = [&](Input & x) -> auto& { return std::get<Table>(site(x).data).fields; };
    any |= shorten(array(best_), array);
    any |= shorten(fields(best_), fields);
    any |= shorten_columns(site);
    for (std::size_t i = 0; i < array(best_).size() && !spent(); ++i) {
      any |= reduce([&, i](Input& x) -> Value& { return array(x)[i]; });
    }
    for (std::size_t i = 0; i < fields(best_).size() && !spent(); ++i) {
      any |= reduce([&, i](Input& x) -> Value& { return fields(x)[i].value; });
    }
    return any;
  }

  // A grid whose rows must stay alike: the same column out of every row.
  bool shorten_columns(const Site& site) {
    auto width = [&](Input& x) -> std::size_t {
      const auto& rows = std::get<Table>(site(x).data).array;
      if (rows.size() < 2) return 0;
      const std::string* text = rows[0].string();
      return text ? text->size() : rows[0].table() ? rows[0].table()->array.size() : 0;
    };
    bool any = false;
    for (std::size_t chunk = width(best_) / 2; chunk >= 1 && !spent(); chunk /= 2) {
      for (std::size_t from = 0; from < width(best_) && !spent();) {
        Input candidate = best_;
        for (Value& row : std::get<Table>(site(candidate).data).array) cut(row, from, chunk);
        if (accept(std::move(candidate)))
          any = true;
        else
          from += chunk;
      }
    }
    return any;
  }

  static void cut(Value& row, std::size_t from, std::size_t count) {
    if (auto* text = std::get_if<std::string>(&row.data)) {
      if (from < text->size()) text->erase(from, count);
    } else if (Table* table = row.table(); table && from < table->array.size()) {
      auto first = table->array.begin() + static_cast<std::ptrdiff_t>(from);
      auto end = table->array.begin() +
                 static_cast<std::ptrdiff_t>(std::min(from + count, table->array.size()));
      table->array.erase(first, end);
    }
  }

  const Signature& signature_;
  Input best_;
  const StillFails& still_fails_;
  ShrinkBudget left_;
};

}  // namespace

std::size_t size_of(const Value& value) {
  if (const std::string* text = value.string()) return 1 + text->size() / 8;
  const Table* table = value.table();
  if (!table) return 1;
  std::size_t size = 1;
  for (const Value& element : table->array) size += size_of(element);
  for (const Field& field : table->fields) size += 1 + size_of(field.value);
  return size;
}

std::size_t size_of(const Input& input) {
  std::size_t size = 0;
  for (const Value& value : input.args) size += size_of(value);
  for (const Call& call : input.calls) {
    ++size;
    for (const Value& value : call.args) size += size_of(value);
  }
  return size;
}

Input shrink(const Signature& signature, Input input, const StillFails& still_fails,
             const ShrinkBudget& budget) {
  return Shrinker(signature, std::move(input), still_fails, budget).run();
}

}  // namespace rehearse::judge
