// SPDX-License-Identifier: GPL-3.0-or-later
//
// JSONL: one flat object a line (RFC 8259, and NaN, Infinity, -Infinity, which Python writes).
#include <algorithm>
#include <deque>
#include <new>
#include <optional>
#include <unordered_map>

#include "engine/base/read.hpp"
#include "engine/base/table_assembly.hpp"
#include "engine/base/utf8.hpp"

namespace rehearse {
namespace {

constexpr std::size_t kRowsPerReport = 1 << 16;

struct Member {
  enum class Kind { null, bare, text };
  std::string_view key;
  Kind kind = Kind::null;
  std::string_view value;
};

bool digit(char c) { return c >= '0' && c <= '9'; }

// Reads the object of one line. Views stay valid until the next call.
class FlatObject {
 public:
  // False: why() says what is wrong, with the character's place in the line.
  bool parse(std::string_view line);
  const std::vector<Member>& members() const { return members_; }
  const std::string& why() const { return why_; }

 private:
  bool member();
  bool value(Member& into);
  bool literal(std::string_view word, Member& into);
  bool number(Member& into);
  bool digits();
  bool string(std::string_view& into);
  bool escape(std::string& out);
  std::optional<std::uint32_t> four_hex();
  bool accept(char c);
  void skip_spaces();
  bool wrong(std::string why);

  std::string_view line_;
  std::size_t at_ = 0;
  std::vector<Member> members_;
  std::deque<std::string> unescaped_;
  std::string why_;
};

bool FlatObject::wrong(std::string why) {
  why_ = fmt::format("character {}: {}", at_ + 1, why);
  return false;
}

void FlatObject::skip_spaces() {
  while (at_ < line_.size() && (line_[at_] == ' ' || line_[at_] == '\t' || line_[at_] == '\r'))
    ++at_;
}

bool FlatObject::accept(char c) {
  skip_spaces();
  if (at_ == line_.size() || line_[at_] != c) return false;
  ++at_;
  return true;
}

bool FlatObject::parse(std::string_view line) {
  line_ = line;
  at_ = 0;
  members_.clear();
  unescaped_.clear();
  if (!accept('{')) {
    const bool array = at_ < line_.size() && line_[at_] == '[';
    return wrong(array ? "an array; write one object a line (jq -c '.[]')"
                       : "expected an object, {…}");
  }
  if (!accept('}')) {
    do {
      if (!member()) return false;
    } while (accept(','));
    if (!accept('}')) {
      if (at_ == line_.size())
        return wrong("the object does not end on its line; write one object a line");
      return wrong("expected , or } behind a value");
    }
  }
  skip_spaces();
  return at_ == line_.size() || wrong("text behind the object; write one object a line");
}

bool FlatObject::member() {
  Member member;
  skip_spaces();
  if (at_ == line_.size())
    return wrong("the object does not end on its line; write one object a line");
  if (!string(member.key)) return false;
  if (!accept(':')) return wrong("expected : behind a key");
  skip_spaces();
  if (!value(member)) return false;
  members_.push_back(member);
  return true;
}

bool FlatObject::value(Member& into) {
  if (at_ == line_.size()) return wrong("a value is missing");
  switch (line_[at_]) {
    case '"': into.kind = Member::Kind::text; return string(into.value);
    case '{':
    case '[':
      return wrong(fmt::format("`{}` holds an object or an array; only flat objects make columns",
                               abbreviated(into.key)));
    case 'n': into.kind = Member::Kind::null; return literal("null", into);
    case 't': into.kind = Member::Kind::bare; return literal("true", into);
    case 'f': into.kind = Member::Kind::bare; return literal("false", into);
    default: into.kind = Member::Kind::bare; return number(into);
  }
}

bool FlatObject::literal(std::string_view word, Member& into) {
  if (!line_.substr(at_).starts_with(word)) return wrong("not a JSON value");
  into.value = line_.substr(at_, word.size());
  at_ += word.size();
  return true;
}

bool FlatObject::digits() {
  const std::size_t begin = at_;
  while (at_ < line_.size() && digit(line_[at_])) ++at_;
  return at_ > begin;
}

bool FlatObject::number(Member& into) {
  const std::size_t begin = at_;
  const auto here = [&](char c) { return at_ < line_.size() && line_[at_] == c; };
  if (here('-')) ++at_;
  if (here('N')) return literal("NaN", into);
  if (here('I')) {
    if (!literal("Infinity", into)) return false;
    into.value = line_.substr(begin, at_ - begin);
    return true;
  }
  const bool zero = here('0');
  if (!digits() || (zero && at_ > begin + 1 + (line_[begin] == '-'))) {
    at_ = begin;
    return wrong("not a JSON value");
  }
  if (here('.')) {
    ++at_;
    if (!digits()) return wrong("a digit is needed behind the point");
  }
  if (here('e') || here('E')) {
    ++at_;
    if (here('+') || here('-')) ++at_;
    if (!digits()) return wrong("a digit is needed in the exponent");
  }
  into.value = line_.substr(begin, at_ - begin);
  return true;
}

bool FlatObject::string(std::string_view& into) {
  if (at_ == line_.size() || line_[at_] != '"') return wrong("expected a key in double quotes");
  const std::size_t begin = ++at_;
  std::string* plain = nullptr;
  for (std::size_t from = begin;;) {
    while (at_ < line_.size() && line_[at_] != '"' && line_[at_] != '\\' &&
           static_cast<unsigned char>(line_[at_]) >= 0x20)
      ++at_;
    if (at_ == line_.size()) return wrong("a text is not closed on its line");
    if (static_cast<unsigned char>(line_[at_]) < 0x20)
      return wrong("a control character in a text; write \\t or \\u…");
    if (line_[at_] == '"' && !plain) {
      into = line_.substr(begin, at_++ - begin);
      return true;
    }
    if (!plain) plain = &unescaped_.emplace_back();
    plain->append(line_.substr(from, at_ - from));
    if (line_[at_++] == '"') break;
    if (!escape(*plain)) return false;
    from = at_;
  }
  into = unescaped_.back();
  return true;
}

std::optional<std::uint32_t> FlatObject::four_hex() {
  if (line_.size() - at_ < 4) return std::nullopt;
  std::uint32_t value = 0;
  for (int i = 0; i < 4; ++i) {
    const char c = line_[at_++];
    const int nibble = digit(c)               ? c - '0'
                       : c >= 'a' && c <= 'f' ? c - 'a' + 10
                       : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                              : -1;
    if (nibble < 0) return std::nullopt;
    value = value * 16 + static_cast<std::uint32_t>(nibble);
  }
  return value;
}

// Behind the backslash.
bool FlatObject::escape(std::string& out) {
  constexpr std::string_view kNames = "\"\\/bfnrt", kMeans = "\"\\/\b\f\n\r\t";
  if (at_ == line_.size()) return wrong("a text is not closed on its line");
  const char name = line_[at_++];
  if (const std::size_t known = kNames.find(name); known != std::string_view::npos) {
    out += kMeans[known];
    return true;
  }
  if (name != 'u') return wrong("an unknown escape in a text");
  auto unit = four_hex();
  if (!unit) return wrong("\\u needs four hexadecimal digits");
  if (*unit == 0) return wrong("a NUL in a text");
  if (*unit >= 0xD800 && *unit <= 0xDBFF && line_.substr(at_).starts_with("\\u")) {
    at_ += 2;
    const auto low = four_hex();
    if (!low || *low < 0xDC00 || *low > 0xDFFF) return wrong("half of a surrogate pair");
    unit = 0x10000 + ((*unit - 0xD800) << 10) + (*low - 0xDC00);
  }
  if (*unit >= 0xD800 && *unit <= 0xDFFF) return wrong("half of a surrogate pair");
  append_utf8(out, *unit);
  return true;
}

class JsonlParse {
 public:
  JsonlParse(const TextFacts& facts, const ReadOptions& options, std::string_view name,
             const Progress& progress)
      : facts_(facts), progress_(progress), assembly_(options, name) {}

  Result<ReadReport> run() && {
    return std::move(assembly_).run([this] { return walk(); });
  }

 private:
  Result<void> walk() {
    std::size_t number = 0, at = 0;
    rows_ = 0;
    while (at < facts_.text.size()) {
      const std::size_t end = std::min(facts_.text.find('\n', at), facts_.text.size());
      const std::string_view line = facts_.text.substr(at, end - at);
      const double fraction = static_cast<double>(at) / static_cast<double>(facts_.text.size());
      at = end + 1;
      if (++number % kRowsPerReport == 0 && !progress_.report(fraction)) return cancelled();
      if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
      if (auto taken = take(line, number); !taken) return taken;
    }
    pad_columns();
    return {};
  }

  Result<void> take(std::string_view line, std::size_t number) {
    std::string why = facts_.suspect ? bad_bytes(line) : std::string();
    if (why.empty() && !object_.parse(line)) why = object_.why();
    if (why.empty()) why = key_fault();
    if (!why.empty()) return assembly_.skip(number, why);
    std::size_t guess = 0;
    for (const Member& member : object_.members()) {
      auto index = column_of(member.key, guess, number);
      if (!index) return fail(index.error());
      guess = *index + 1;
      hand_over(member, *index, number);
    }
    ++rows_;
    return assembly_.leave_out(assembly_.columns() - object_.members().size(), number);
  }

  std::string key_fault() {
    const auto& members = object_.members();
    keys_.clear();
    for (const Member& member : members) keys_.push_back(member.key);
    std::sort(keys_.begin(), keys_.end());
    if (!keys_.empty() && keys_.front().empty()) return "a key is empty";
    const auto twice = std::adjacent_find(keys_.begin(), keys_.end());
    if (twice == keys_.end()) return {};
    return fmt::format("the key `{}` stands twice", abbreviated(*twice));
  }

  // Lines mostly have their keys in the same order: the column behind the last is tried first.
  Result<std::size_t> column_of(std::string_view key, std::size_t guess, std::size_t number) {
    if (guess < names_.size() && names_[guess] == key) return guess;
    if (const auto known = index_.find(std::string(key)); known != index_.end())
      return known->second;
    auto added = assembly_.add_column(std::string(key), rows_, facts_.lines, number);
    if (!added) return added;
    names_.emplace_back(key);
    index_.emplace(key, *added);
    return added;
  }

  void hand_over(const Member& member, std::size_t index, std::size_t number) {
    InferredColumn* column = assembly_.column(index);
    if (!column) return;
    column->pad(rows_);
    switch (member.kind) {
      case Member::Kind::null: return column->add_missing();
      case Member::Kind::bare: return column->add(member.value, number);
      case Member::Kind::text: return column->add_text(member.value, number);
    }
  }

  // Keys that the last lines left out.
  void pad_columns() {
    for (std::size_t i = 0; i < assembly_.columns(); ++i)
      if (InferredColumn* column = assembly_.column(i)) column->pad(rows_);
  }

  const TextFacts& facts_;
  const Progress& progress_;
  TableAssembly assembly_;
  FlatObject object_;
  std::vector<std::string_view> keys_;
  std::vector<std::string> names_;
  std::unordered_map<std::string, std::size_t> index_;
  std::size_t rows_ = 0;
};

}  // namespace

Result<ReadReport> parse_jsonl(std::string_view text, const ReadOptions& options,
                               std::string_view name, const Progress& progress) try {
  auto facts = inspect_text(text, options, name);
  if (!facts) return fail(facts.error());
  return JsonlParse(*facts, options, name, progress).run();
} catch (const std::bad_alloc&) {
  return fail(Code::limit, "{}: the table does not fit into memory", name);
}

}  // namespace rehearse
