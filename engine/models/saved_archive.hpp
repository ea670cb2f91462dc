// SPDX-License-Identifier: GPL-3.0-or-later
//
// Two archives with one face, so that what is saved and what is loaded are listed once:
//
//   archive("weights", model.weights_)      the saver writes the field, the loader reads it
//
// Structs are listed by list_fields. A map is a list of pairs; a number that is not
// finite is null, and reads back as NaN.
#pragma once

#include <limits>
#include <map>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "engine/base/json.hpp"

namespace rehearse::models {

// Hands each field of the object to the archive (saved_fields.hpp).
template <class Archive, class T>
void list_fields(Archive& archive, T& object);

template <class T>
struct is_vector : std::false_type {};
template <class T>
struct is_vector<std::vector<T>> : std::true_type {};
template <class T>
struct is_map : std::false_type {};
template <class K, class V>
struct is_map<std::map<K, V>> : std::true_type {};
template <class T>
struct is_pair : std::false_type {};
template <class A, class B>
struct is_pair<std::pair<A, B>> : std::true_type {};

class Saver {
 public:
  static constexpr bool kLoading = false;
  template <class T>
  void operator()(const char* name, T& value) {
    json_[name] = written(value);
  }
  Json take() { return std::move(json_); }

 private:
  template <class T>
  static Json written(T& value) {
    using Plain = std::remove_const_t<T>;
    if constexpr (std::is_enum_v<Plain>) {
      return static_cast<int>(value);
    } else if constexpr (std::is_floating_point_v<Plain>) {
      return number_or_null(value);
    } else if constexpr (is_vector<Plain>::value || is_map<Plain>::value) {
      Json list = Json::array();
      for (auto& one : value) list.push_back(written(one));
      return list;
    } else if constexpr (is_pair<Plain>::value) {
      return Json::array({written(value.first), written(value.second)});
    } else if constexpr (std::is_class_v<Plain> && !std::is_same_v<Plain, std::string>) {
      Saver inner;
      list_fields(inner, value);
      return inner.take();
    } else {
      return value;
    }
  }
  Json json_ = Json::object();
};

// Throws Json::exception where a field is missing or of another type.
class Loader {
 public:
  static constexpr bool kLoading = true;
  explicit Loader(const Json& json) : json_(json) {}
  template <class T>
  void operator()(const char* name, T& value) {
    read(json_.at(name), value);
  }

 private:
  template <class T>
  static void read(const Json& json, T& value) {
    if constexpr (std::is_enum_v<T>) {
      value = static_cast<T>(json.get<int>());
    } else if constexpr (std::is_floating_point_v<T>) {
      value = json.is_null() ? std::numeric_limits<T>::quiet_NaN() : json.get<T>();
    } else if constexpr (std::is_same_v<T, std::vector<bool>>) {
      json.get_to(value);
    } else if constexpr (is_vector<T>::value) {
      value.clear();
      for (const Json& one : json.get_ref<const Json::array_t&>()) read(one, value.emplace_back());
    } else if constexpr (is_map<T>::value) {
      value.clear();
      for (const Json& one : json.get_ref<const Json::array_t&>()) {
        std::pair<typename T::key_type, typename T::mapped_type> entry;
        read(one, entry);
        value.insert(std::move(entry));
      }
    } else if constexpr (is_pair<T>::value) {
      read(json.at(0), value.first);
      read(json.at(1), value.second);
    } else if constexpr (std::is_class_v<T> && !std::is_same_v<T, std::string>) {
      Loader inner(json);
      list_fields(inner, value);
    } else {
      json.get_to(value);
    }
  }
  const Json& json_;
};

}  // namespace rehearse::models
