// SPDX-License-Identifier: GPL-3.0-or-later
//
// What stands before a C++ submission in its one translation unit: values of the wire as C++ types,
// and the calls into the submission by the types that it chose itself. `long long`, `int` and
// `std::size_t` are all an int, by value or by reference, as long as each number fits.
//
// The process that this runs in belongs to the submission. The judge believes nothing of it but the
// value of an answer, which it compares itself, and sizes and times within what the kernel says.
#pragma once

#include <concepts>
#include <cstdint>
#include <cstring>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

namespace rehearse_harness {

// An input or an answer that is none: what() is for the candidate.
struct Unreadable {
  std::string what;
};
struct TooLarge {};

// Reads the judge's own bytes, so lengths are not checked again.
class Reader {
 public:
  explicit Reader(const char* at) : at_(at) {}
  std::uint8_t u8() { return static_cast<std::uint8_t>(*at_++); }
  std::uint32_t u32() { return take<std::uint32_t>(); }
  std::uint64_t u64() { return take<std::uint64_t>(); }
  std::int64_t i64() { return take<std::int64_t>(); }
  double f64() { return take<double>(); }
  std::string_view text() {
    const std::uint32_t size = u32();
    at_ += size;
    return {at_ - size, size};
  }
  char peek() const { return *at_; }
  // Steps over one value.
  void skip() {
    switch (u8()) {
      case 'I':
      case 'D': at_ += 8; return;
      case 'S': text(); return;
      case 'M': {
        const std::uint32_t elements = u32(), pairs = u32();
        for (std::uint64_t i = 0; i < std::uint64_t{elements} + 2 * std::uint64_t{pairs}; ++i)
          skip();
        return;
      }
      default: return;
    }
  }

 private:
  template <class T>
  T take() {
    T value;
    std::memcpy(&value, at_, sizeof value);
    at_ += sizeof value;
    return value;
  }
  const char* at_;
};

// What the harness itself holds is not the submission's: it is not counted.
void* take_uncounted(std::size_t size);
void give_back_uncounted(void* block);

template <class T>
struct Uncounted {
  using value_type = T;
  Uncounted() = default;
  template <class U>
  Uncounted(const Uncounted<U>&) {}
  T* allocate(std::size_t n) { return static_cast<T*>(take_uncounted(n * sizeof(T))); }
  void deallocate(T* block, std::size_t) { give_back_uncounted(block); }
  bool operator==(const Uncounted&) const = default;
};
using Bytes = std::basic_string<char, std::char_traits<char>, Uncounted<char>>;

class Writer {
 public:
  void reset(std::uint64_t limit) { bytes_.clear(), limit_ = limit; }
  void u8(char x) { bytes_.push_back(x); }
  void u32(std::uint32_t x) { raw(&x, sizeof x); }
  void i64(std::int64_t x) { raw(&x, sizeof x); }
  void f64(double x) { raw(&x, sizeof x); }
  void text(std::string_view x) {
    u32(static_cast<std::uint32_t>(x.size()));
    raw(x.data(), x.size());
  }
  const Bytes& bytes() const { return bytes_; }

 private:
  void raw(const void* data, std::size_t size) {
    if (bytes_.size() + size > limit_) throw TooLarge{};
    bytes_.append(static_cast<const char*>(data), size);
  }
  Bytes bytes_;
  std::uint64_t limit_ = 0;
};

// One input being answered. Times and memory count between begin() and end().
struct Job {
  Reader in{nullptr};
  Writer out;
  std::string place;          // "call 3 (count): "
  bool wanted = true;         // of a method: its result
  void begin();
  void end();
};

// ---- Which types can be read and written.

template <class T, template <class...> class Of>
inline constexpr bool is_a = false;
template <template <class...> class Of, class... Parts>
inline constexpr bool is_a<Of<Parts...>, Of> = true;

template <class T>
concept Map = requires { typename T::key_type; typename T::mapped_type; };
template <class T>
concept Sequence = !Map<T> && !std::same_as<T, std::string> && requires(T& t) {
  t.begin();
  t.end();
  t.push_back(std::declval<typename T::value_type>());
};

template <class T>
struct ReadableOf : std::bool_constant<std::is_arithmetic_v<T> || std::same_as<T, std::string>> {};
template <class T>
concept Readable = ReadableOf<T>::value;
template <Sequence T>
struct ReadableOf<T> : ReadableOf<typename T::value_type> {};
template <Map T>
struct ReadableOf<T> : std::bool_constant<ReadableOf<typename T::key_type>::value &&
                                          ReadableOf<typename T::mapped_type>::value> {};
template <class T>
struct ReadableOf<std::optional<T>> : ReadableOf<T> {};
template <class... Parts>
struct ReadableOf<std::tuple<Parts...>> : std::bool_constant<(ReadableOf<Parts>::value && ...)> {};
template <class A, class B>
struct ReadableOf<std::pair<A, B>> : std::bool_constant<ReadableOf<A>::value && ReadableOf<B>::value> {};

// What a parameter's type is read as: views need something to look at.
template <class T>
struct StoredAs {
  using type = T;
};
template <>
struct StoredAs<std::string_view> {
  using type = std::string;
};
template <class T>
struct StoredAs<std::span<T>> {
  using type = std::vector<std::remove_const_t<T>>;
};
template <class T>
using Stored = typename StoredAs<std::remove_cvref_t<T>>::type;

// ---- Reading.

template <std::integral T>
T fitting(std::int64_t number) {
  if constexpr (std::same_as<T, bool>) return number != 0;
  if (number < 0 ? std::is_unsigned_v<T> || number < static_cast<std::int64_t>(std::numeric_limits<T>::min())
                 : static_cast<std::uint64_t>(number) > static_cast<std::uint64_t>(std::numeric_limits<T>::max()))
    throw Unreadable{"the number " + std::to_string(number) +
                     " does not fit the type that the parameter has here; use long long"};
  return static_cast<T>(number);
}

template <class T>
T decode(Reader& in) {
  if constexpr (is_a<T, std::optional>) {
    if (in.peek() == 'N') return in.u8(), T{};
    return decode<typename T::value_type>(in);
  } else if constexpr (std::floating_point<T>) {
    return in.u8() == 'I' ? static_cast<T>(in.i64()) : static_cast<T>(in.f64());
  } else if constexpr (std::same_as<T, bool>) {
    return in.u8() == 'T';
  } else if constexpr (std::integral<T>) {
    const char tag = static_cast<char>(in.u8());
    if (tag == 'S') {
      const std::string_view text = in.text();
      return text.empty() ? T{} : static_cast<T>(text[0]);
    }
    return fitting<T>(in.i64());
  } else if constexpr (std::same_as<T, std::string>) {
    in.u8();
    return std::string(in.text());
  } else {
    in.u8();
    const std::uint32_t elements = in.u32(), pairs = in.u32();
    if constexpr (is_a<T, std::tuple> || is_a<T, std::pair>) {
      return [&]<std::size_t... I>(std::index_sequence<I...>) {
        return T{decode<std::tuple_element_t<I, T>>(in)...};
      }(std::make_index_sequence<std::tuple_size_v<T>>{});
    } else if constexpr (Map<T>) {
      T made;
      for (std::uint32_t i = 1; i <= elements; ++i) {  // keys 1…n of a map
        if constexpr (std::integral<typename T::key_type>)
          made.emplace(fitting<typename T::key_type>(i), decode<typename T::mapped_type>(in));
      }
      for (std::uint32_t i = 0; i < pairs; ++i) {
        auto key = decode<typename T::key_type>(in);
        made.emplace(std::move(key), decode<typename T::mapped_type>(in));
      }
      return made;
    } else {
      T made;
      if constexpr (requires { made.reserve(elements); }) made.reserve(elements);
      for (std::uint32_t i = 0; i < elements; ++i)
        made.push_back(decode<typename T::value_type>(in));
      return made;
    }
  }
}

// ---- Writing.

template <class T>
inline constexpr bool never = false;

template <class T>
void encode(Writer& out, const T& value) {
  if constexpr (std::same_as<T, bool>) {
    out.u8(value ? 'T' : 'F');
  } else if constexpr (std::same_as<T, char>) {
    out.u8('S'), out.text({&value, 1});
  } else if constexpr (std::integral<T>) {
    if (std::is_unsigned_v<T> &&
        static_cast<std::uint64_t>(value) > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
      throw Unreadable{"an integer beyond 63 bits and a sign"};
    out.u8('I'), out.i64(static_cast<std::int64_t>(value));
  } else if constexpr (std::floating_point<T>) {
    out.u8('D'), out.f64(static_cast<double>(value));
  } else if constexpr (std::same_as<T, std::nullopt_t>) {
    out.u8('N');
  } else if constexpr (is_a<T, std::optional>) {
    if (value)
      encode(out, *value);
    else
      out.u8('N');
  } else if constexpr (std::convertible_to<const T&, std::string_view>) {
    if constexpr (std::is_pointer_v<T>)
      if (!value) return out.u8('N');
    out.u8('S'), out.text(std::string_view(value));
  } else if constexpr (is_a<T, std::tuple> || is_a<T, std::pair>) {
    out.u8('M'), out.u32(static_cast<std::uint32_t>(std::tuple_size_v<T>)), out.u32(0);
    std::apply([&](const auto&... parts) { (encode(out, parts), ...); }, value);
  } else if constexpr (Map<T>) {
    out.u8('M'), out.u32(0), out.u32(static_cast<std::uint32_t>(value.size()));
    for (const auto& [key, mapped] : value) encode(out, key), encode(out, mapped);
  } else if constexpr (requires { value.begin(), value.end(), value.size(); }) {
    out.u8('M'), out.u32(static_cast<std::uint32_t>(value.size())), out.u32(0);
    for (auto&& element : value) {
      using Element = typename T::value_type;
      encode<Element>(out, static_cast<const Element&>(element));
    }
  } else {
    static_assert(never<T>, "a value of this type cannot be an answer; see the starter's types");
  }
}

// ---- Calling.

// The argument as its parameter takes it: moved where it is taken by value.
template <class P, class S>
decltype(auto) handed(S& stored) {
  if constexpr (std::is_lvalue_reference_v<P>)
    return static_cast<S&>(stored);
  else
    return static_cast<S&&>(stored);
}

template <class... P>
std::tuple<Stored<P>...> decode_arguments(Reader& in) {
  static_assert((ReadableOf<Stored<P>>::value && ...),
                "a parameter's type is none that the starter could show");
  return std::tuple<Stored<P>...>{decode<Stored<P>>(in)...};
}

// Calls f with the arguments and writes what it returns.
template <class... P, class F>
void call_and_write(Writer& out, std::tuple<Stored<P>...>& given, const F& f, bool wanted = true) {
  auto call = [&]<std::size_t... I>(std::index_sequence<I...>) -> decltype(auto) {
    return f(handed<P>(std::get<I>(given))...);
  };
  using Sequence = std::index_sequence_for<P...>;
  if constexpr (std::is_void_v<decltype(call(Sequence{}))>) {
    call(Sequence{});
    out.u8('N');
  } else {
    decltype(auto) result = call(Sequence{});
    if (!wanted) return out.u8('N');
    encode<std::remove_cvref_t<decltype(result)>>(out, result);
  }
}

using Run = void (*)(Job&);

// Made by the line behind the submission, before main.
struct Entry {
  explicit Entry(Run run);
};

template <auto F, std::size_t Count, class R, class... P>
void run_function(Job& job, R (*)(P...)) {
  static_assert(sizeof...(P) == Count, "the function takes another number of parameters");
  auto given = decode_arguments<P...>(job.in);
  job.begin();
  call_and_write<P...>(job.out, given, F);
  job.end();
}

template <auto F, std::size_t Count>
struct Function : Entry {
  Function() : Entry([](Job& job) { run_function<F, Count>(job, F); }) {}
};

// An argument of a constructor, whose parameters cannot be asked for: becomes what is wanted.
class Argument {
 public:
  Argument(Reader in, std::vector<std::shared_ptr<void>>& kept) : in_(in), kept_(kept) {}
  template <class T>
    requires(ReadableOf<T>::value)
  operator T() const {
    Reader in = in_;
    return decode<T>(in);
  }
  template <class T>
    requires(!std::same_as<Stored<T>, T> && ReadableOf<Stored<T>>::value)
  operator T() const {
    Reader in = in_;
    auto stored = std::make_shared<Stored<T>>(decode<Stored<T>>(in));
    kept_.push_back(stored);
    return T(*stored);
  }

 private:
  Reader in_;
  std::vector<std::shared_ptr<void>>& kept_;
};

template <class Owner>
struct Method {
  std::string_view name;
  void (*call)(Owner&, Job&);
};

template <std::size_t Count, class Owner, class R, class Base, class... P>
void run_method(Owner& owner, Job& job, R (Base::*method)(P...)) {
  static_assert(sizeof...(P) == Count, "a method takes another number of parameters");
  auto given = decode_arguments<P...>(job.in);
  auto call = [&](auto&&... arguments) -> decltype(auto) {
    return (owner.*method)(static_cast<decltype(arguments)>(arguments)...);
  };
  call_and_write<P...>(job.out, given, call, job.wanted);
}

template <std::size_t Count, class Owner, class R, class Base, class... P>
void run_method(Owner& owner, Job& job, R (Base::*method)(P...) const) {
  static_assert(sizeof...(P) == Count, "a method takes another number of parameters");
  auto given = decode_arguments<P...>(job.in);
  auto call = [&](auto&&... arguments) -> decltype(auto) {
    return (owner.*method)(static_cast<decltype(arguments)>(arguments)...);
  };
  call_and_write<P...>(job.out, given, call, job.wanted);
}

template <class Owner, std::size_t Count, auto M>
void call_method(Owner& owner, Job& job) {
  run_method<Count>(owner, job, M);
}

template <class Owner, std::size_t Count, const Method<Owner>* Methods, std::size_t MethodCount>
struct Class : Entry {
  Class() : Entry(&run) {}

  static void run(Job& job) {
    Reader arguments = job.in;
    for (std::size_t i = 0; i < Count; ++i) job.in.skip();
    job.begin();
    std::vector<std::shared_ptr<void>> kept;
    auto owner = [&]<std::size_t... I>(std::index_sequence<I...>) {
      std::vector<Reader> places;
      for (std::size_t i = 0; i < Count; ++i) places.push_back(arguments), arguments.skip();
      return std::make_unique<Holder>(Argument(places[I], kept)...);
    }(std::make_index_sequence<Count>{});
    const std::uint32_t calls = job.in.u32();
    job.out.u8('M'), job.out.u32(calls), job.out.u32(0);
    for (std::uint32_t i = 1; i <= calls; ++i) {
      const std::string_view name = job.in.text();
      job.wanted = job.in.u8() != 0;
      job.in.u32();  // the count of arguments, which the signature knows
      for (std::size_t m = 0; m < MethodCount; ++m) {
        if (Methods[m].name != name) continue;
        job.place = "call " + std::to_string(i) + " (" + std::string(name) + "): ";
        Methods[m].call(owner->value, job);
        break;
      }
    }
    job.end();
    job.place.clear();
  }

  struct Holder {
    template <class... A>
    explicit Holder(const A&... arguments) : value(arguments...) {}
    Owner value;
  };
};

}  // namespace rehearse_harness

// A candidate's own main, for trying things out, is no part of the judgement.
#define main rehearse_own_main
