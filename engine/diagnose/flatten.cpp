// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diagnose/flatten.hpp"

#include <cmath>
#include <limits>
#include <unordered_map>

#include "engine/base/interner.hpp"
#include "engine/base/utf8.hpp"

namespace rehearse::diagnose {
namespace flattening {

enum class CellType : std::uint8_t { none, boolean, whole, number, text };

// One column while records arrive: cells as numbers, texts as codes beside them.
struct GrowingColumn {
  std::string path;
  std::vector<double> numbers;
  std::vector<std::int64_t> wholes;
  std::vector<CellType> types;
  std::vector<std::int32_t> codes;
  Interner texts;

  void pad(std::size_t rows) {
    numbers.resize(rows, 0);
    wholes.resize(rows, 0);
    types.resize(rows, CellType::none);
    codes.resize(rows, -1);
  }
  void put(const Record& value) {
    switch (value.type()) {
      case Record::value_t::null: types.back() = CellType::none; break;
      case Record::value_t::boolean:
        types.back() = CellType::boolean, wholes.back() = value.get<bool>();
        break;
      case Record::value_t::number_unsigned:
        if (value.get<std::uint64_t>() >
            static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
          types.back() = CellType::number, numbers.back() = value.get<double>();
          break;
        }
        [[fallthrough]];
      case Record::value_t::number_integer:
        types.back() = CellType::whole, wholes.back() = value.get<std::int64_t>();
        break;
      case Record::value_t::number_float:
        types.back() = CellType::number, numbers.back() = value.get<double>();
        break;
      default:
        types.back() = CellType::text;
        codes.back() =
            texts.code(value.is_string() ? value.get_ref<const std::string&>() : value.dump());
    }
  }
  bool has(CellType type) const {
    for (const CellType one : types)
      if (one == type) return true;
    return false;
  }
};

}  // namespace flattening

namespace {

using flattening::CellType, flattening::GrowingColumn;

std::string joined(const Record& array) {
  std::string all;
  for (const Record& item : array)
    all += (all.empty() ? "" : "|") + (item.is_string() ? item.get<std::string>() : item.dump());
  return all;
}

ColumnInfo info_of(const FieldRule* rule) {
  ColumnInfo info;
  if (!rule) return info;
  info.unit = rule->unit;
  for (const Role role : {Role::feature, Role::label, Role::id, Role::time})
    if (rule->role == role_name(role)) info.role = role;
  for (const Privacy privacy : {Privacy::sensitive, Privacy::pii})
    if (rule->privacy == privacy_name(privacy)) info.privacy = privacy;
  return info;
}

}  // namespace

class Flattener::Impl {
 public:
  Impl(const JsonSchema* schema, FlattenOptions options)
      : schema_(schema), options_(std::move(options)) {}

  tl::expected<std::size_t, Fault> add(const Record& record) {
    const std::size_t begin = rows_;
    known_ = columns_.size();
    ++rows_;
    exploded_ = nullptr;
    if (auto fault = walk(record, "")) return undo(begin, *fault);
    std::size_t made = 1;
    if (exploded_ && !exploded_->empty()) {
      const Record items = *exploded_;
      for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0) repeat(begin);
        if (auto fault = walk(items[i], options_.explode)) return undo(begin, *fault);
      }
      made = items.size();
    }
    if (rows_ * columns_.size() > kMostCells)
      return undo(begin, {"", "limit", "the table has more cells than fit: too many keys or rows",
                          "keys that are ids belong into an array; read the file in parts"});
    return made;
  }

  std::size_t rows() const { return rows_; }

  std::vector<std::string> mixed() const {
    std::vector<std::string> all;
    for (const GrowingColumn& column : columns_) {
      const int kinds = column.has(CellType::boolean) + column.has(CellType::text) +
                        (column.has(CellType::whole) || column.has(CellType::number));
      if (kinds > 1) all.push_back(column.path);
    }
    return all;
  }

  Result<Frame::Builder> build() {
    Frame::Builder builder;
    for (GrowingColumn& column : columns_) {
      column.pad(rows_);
      add_column(builder, column);
    }
    return builder;
  }

 private:
  tl::unexpected<Fault> undo(std::size_t rows, Fault fault) {
    rows_ = rows;
    for (; columns_.size() > known_; columns_.pop_back()) index_.erase(columns_.back().path);
    for (GrowingColumn& column : columns_)
      if (column.types.size() > rows) column.pad(rows);
    return tl::unexpected(std::move(fault));
  }

  // A copy of the row `from` behind the last, for the next item of an exploded array.
  void repeat(std::size_t from) {
    ++rows_;
    for (GrowingColumn& column : columns_) {
      if (column.types.size() <= from || column.path == options_.explode ||
          column.path.starts_with(options_.explode + "."))
        continue;
      column.pad(rows_);
      column.numbers.back() = column.numbers[from], column.wholes.back() = column.wholes[from];
      column.types.back() = column.types[from], column.codes.back() = column.codes[from];
    }
  }

  std::optional<Fault> walk(const Record& value, const std::string& path) {
    if (value.is_object()) {
      for (const auto& [key, inner] : value.items()) {
        if (key.empty())
          return Fault{path, "key", "a key is empty", "mend the client that writes it"};
        if (auto fault = walk(inner, path.empty() ? key : path + "." + key)) return fault;
      }
      return std::nullopt;
    }
    if (value.is_array()) {
      if (path == options_.explode && !exploded_) {
        exploded_ = &value;
        return std::nullopt;
      }
      const bool count = options_.arrays == ArrayRule::count;
      return put(count ? path + ".count" : path,
                 count ? Record(value.size()) : Record(joined(value)));
    }
    return put(path.empty() ? "value" : path, value);
  }

  std::optional<Fault> put(const std::string& path, const Record& value) {
    auto found = index_.find(path);
    if (found == index_.end()) {
      if (columns_.size() >= kMostColumns)
        return Fault{path, "limit",
                     fmt::format("the records have more than {} different keys", kMostColumns),
                     "keys that are ids belong into an array of objects with an `id`"};
      found = index_.emplace(path, columns_.size()).first;
      columns_.emplace_back().path = path;
    }
    GrowingColumn& column = columns_[found->second];
    if (column.types.size() == rows_)
      return Fault{path, "key",
                   fmt::format("two keys flatten to the column `{}`", abbreviated(path)),
                   "a key with a point in its name hides a nested one: rename it"};
    column.pad(rows_);
    column.put(value);
    return std::nullopt;
  }

  void add_column(Frame::Builder& builder, GrowingColumn& column) {
    const FieldRule* rule = schema_ ? schema_->field(column.path) : nullptr;
    const ColumnInfo info = info_of(rule);
    std::vector<std::uint8_t> valid(rows_, 0);
    for (std::size_t row = 0; row < rows_; ++row) valid[row] = column.types[row] != CellType::none;
    const bool text = column.has(CellType::text), boolean = column.has(CellType::boolean),
               number = column.has(CellType::number), whole = column.has(CellType::whole);
    if (rule && rule->format == "date-time" && text && !boolean && !number && !whole) {
      if (add_times(builder, column, valid, info)) return;
    }
    if (text || (boolean && (number || whole))) {
      add_texts(builder, column, info);
    } else if (boolean) {
      std::vector<std::uint8_t> bytes(rows_);
      for (std::size_t row = 0; row < rows_; ++row) bytes[row] = column.wholes[row] != 0;
      if (info.role == Role::label)
        builder.add(column.path, std::move(bytes), info);
      else
        builder.add_boolean(column.path, std::move(bytes), info);
    } else if (number || !whole || (rule && rule->wants("number"))) {
      for (std::size_t row = 0; row < rows_; ++row)
        if (column.types[row] == CellType::whole)
          column.numbers[row] = static_cast<double>(column.wholes[row]);
        else if (column.types[row] == CellType::none)
          column.numbers[row] = std::numeric_limits<double>::quiet_NaN();
      builder.add(column.path, std::move(column.numbers), info);
    } else {
      builder.add(column.path, std::move(column.wholes), info);
    }
    builder.missing(std::move(valid));
  }

  bool add_times(Frame::Builder& builder, const GrowingColumn& column,
                 std::vector<std::uint8_t>& valid, const ColumnInfo& info) {
    std::vector<std::int64_t> by_text, micros(rows_, 0);
    for (const std::string& text : column.texts.texts()) {
      const auto time = parse_time(text);
      if (!time) return false;
      by_text.push_back(time->micros);
    }
    for (std::size_t row = 0; row < rows_; ++row)
      if (valid[row]) micros[row] = by_text[static_cast<std::size_t>(column.codes[row])];
    builder.add_time(column.path, std::move(micros), info);
    builder.missing(std::move(valid));
    return true;
  }

  void add_texts(Frame::Builder& builder, GrowingColumn& column, const ColumnInfo& info) {
    for (std::size_t row = 0; row < rows_; ++row) switch (column.types[row]) {
        case CellType::boolean:
          column.codes[row] = column.texts.code(column.wholes[row] ? "true" : "false");
          break;
        case CellType::whole:
          column.codes[row] = column.texts.code(std::to_string(column.wholes[row]));
          break;
        case CellType::number:
          column.codes[row] = column.texts.code(Record(column.numbers[row]).dump());
          break;
        default: break;
      }
    builder.add_dictionary(column.path, std::move(column.codes),
                           std::make_shared<const std::vector<std::string>>(column.texts.take()),
                           info);
  }

  const JsonSchema* schema_;
  FlattenOptions options_;
  std::vector<GrowingColumn> columns_;
  std::unordered_map<std::string, std::size_t> index_;
  const Record* exploded_ = nullptr;
  std::size_t rows_ = 0;
  std::size_t known_ = 0;  // columns before the record at hand
};

Flattener::Flattener(const JsonSchema* schema, FlattenOptions options)
    : impl_(std::make_unique<Impl>(schema, std::move(options))) {}
Flattener::~Flattener() = default;
tl::expected<std::size_t, Fault> Flattener::add(const Record& record) { return impl_->add(record); }
std::size_t Flattener::rows() const { return impl_->rows(); }
std::vector<std::string> Flattener::mixed() const { return impl_->mixed(); }
Result<Frame::Builder> Flattener::build() && { return impl_->build(); }

}  // namespace rehearse::diagnose
