# A room is a folder with one library target; what it may link is what it may include.
#
#   rehearse_room(engine/base LINKS Threads::Threads)            -> target engine_base
#   rehearse_room(engine/sim  ROOMS engine/base)                 -> target engine_sim
#   rehearse_room(engine/steps ROOMS … OBJECT)                   -> linked straight into executables,
#                                                                   so that self-registration is kept
#   rehearse_room(app/gui ROOMS … WINDOW)                        -> a room that draws (Qt Widgets)
#   rehearse_tests(engine/base)                                  -> executable and CTest entry
#                                                                   engine_base_test from tests/engine/base/*_test.cpp
#
# Sources are globbed (CONFIGURE_DEPENDS): adding a file adds the thing.
# A test greps the includes for what link lines cannot forbid (tests/layering).

set(REHEARSE_INCLUDE_ROOT "${PROJECT_SOURCE_DIR}")

# Parsing the standard library, fmt, nlohmann and Qt, and instantiating their templates, costs more
# than compiling a file of ours. So these headers are precompiled once and reused (alone by rooms,
# with Qt by rooms that draw, with Catch and without optimization by tests), and a few files of a
# room are compiled as one. A file still includes what it uses and keeps its names to itself:
# the preset `tidy` builds each file alone.
option(REHEARSE_FAST_BUILD "Precompiled headers, and several files compiled as one" ON)
set(REHEARSE_BATCH 6)

set(REHEARSE_COMMON_HEADERS
  <algorithm> <array> <atomic> <chrono> <cmath> <cstdint> <cstring> <filesystem> <fstream>
  <functional> <map> <memory> <mutex> <numeric> <optional> <set> <span> <sstream> <string>
  <string_view> <thread> <tuple> <unordered_map> <utility> <variant> <vector>
  <fmt/format.h> <nlohmann/json.hpp> <tl/expected.hpp>)

function(rehearse_precompile name)
  if(NOT REHEARSE_FAST_BUILD)
    return()
  endif()
  cmake_parse_arguments(PCH "" "" "HEADERS;LINKS;OPTIONS" ${ARGN})
  add_library(${name} OBJECT "${PROJECT_SOURCE_DIR}/cmake/precompiled/precompiled.cpp")
  target_link_libraries(${name} PRIVATE Threads::Threads tl::expected fmt::fmt
    nlohmann_json::nlohmann_json Boost::headers rehearse_warnings ${PCH_LINKS})
  target_compile_options(${name} PRIVATE ${PCH_OPTIONS})
  target_precompile_headers(${name} PRIVATE ${REHEARSE_COMMON_HEADERS} ${PCH_HEADERS})
endfunction()

function(rehearse_compile_fast target precompiled)
  if(REHEARSE_FAST_BUILD)
    target_precompile_headers(${target} REUSE_FROM ${precompiled})
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${REHEARSE_BATCH})
  endif()
endfunction()

# In a room of many small files those of one space (train_*.cpp, view_*.cpp) are compiled as one, so
# that a new file compiles its own space again and not all that come after it in the alphabet.
function(rehearse_group_by_space target sources)
  if(NOT REHEARSE_FAST_BUILD)
    return()
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD_MODE GROUP)
  foreach(source IN LISTS sources)
    get_filename_component(name "${source}" NAME_WE)
    string(REGEX REPLACE "_.*$" "" space "${name}")
    set_source_files_properties("${source}" PROPERTIES UNITY_GROUP "${space}")
  endforeach()
endfunction()

rehearse_precompile(rehearse_precompiled)
if(REHEARSE_DESKTOP)
  rehearse_precompile(rehearse_precompiled_window HEADERS <QtWidgets> LINKS Qt6::Widgets)
endif()
if(REHEARSE_TESTS)
  find_package(Catch2 2 REQUIRED)
  find_package(rapidcheck REQUIRED)
  set(REHEARSE_TEST_OPTIONS -O0 -fPIC)
  rehearse_precompile(rehearse_precompiled_tests HEADERS <catch2/catch.hpp>
    LINKS Catch2::Catch2 rapidcheck OPTIONS ${REHEARSE_TEST_OPTIONS})
endif()

function(rehearse_room path)
  cmake_parse_arguments(ROOM "OBJECT;WINDOW" "" "ROOMS;LINKS;PRIVATE_LINKS;EXCLUDE" ${ARGN})
  string(REPLACE "/" "_" target "${path}")
  string(REPLACE "-" "_" target "${target}")
  set(deps "")
  foreach(room IN LISTS ROOM_ROOMS)
    string(REPLACE "/" "_" dep "${room}")
    list(APPEND deps "${dep}")
  endforeach()
  file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/${path}/*.cpp")
  foreach(pattern IN LISTS ROOM_EXCLUDE)
    list(FILTER sources EXCLUDE REGEX "${pattern}")
  endforeach()
  if(NOT sources)
    add_library(${target} INTERFACE)
    target_include_directories(${target} INTERFACE "${REHEARSE_INCLUDE_ROOT}")
    target_link_libraries(${target} INTERFACE ${deps} ${ROOM_LINKS})
    return()
  endif()
  if(ROOM_OBJECT)
    add_library(${target} OBJECT ${sources})
  else()
    add_library(${target} STATIC ${sources})
  endif()
  if(ROOM_WINDOW)
    rehearse_compile_fast(${target} rehearse_precompiled_window)
  else()
    rehearse_compile_fast(${target} rehearse_precompiled)
  endif()
  if(ROOM_OBJECT)
    rehearse_group_by_space(${target} "${sources}")
  endif()
  target_include_directories(${target} PUBLIC "${REHEARSE_INCLUDE_ROOT}")
  target_link_libraries(${target} PUBLIC ${deps} ${ROOM_LINKS} PRIVATE rehearse_warnings ${ROOM_PRIVATE_LINKS})
endfunction()

# Tests of a room: tests/<path>/*_test.cpp, one executable, one CTest entry.
function(rehearse_tests path)
  cmake_parse_arguments(T "QT" "TIMEOUT" "ROOMS;LINKS;ENVIRONMENT" ${ARGN})
  string(REPLACE "/" "_" room "${path}")
  string(REPLACE "-" "_" room "${room}")
  file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/tests/${path}/*_test.cpp")
  if(NOT sources)
    return()
  endif()
  set(target "${room}_test")
  add_executable(${target} ${sources})
  set(deps "")
  foreach(dep IN LISTS T_ROOMS)
    string(REPLACE "/" "_" dep "${dep}")
    list(APPEND deps "${dep}")
  endforeach()
  if(TARGET ${room})
    list(APPEND deps ${room})
  endif()
  if(T_QT)
    target_link_libraries(${target} PRIVATE ${deps} ${T_LINKS} rehearse_qt_main rehearse_warnings)
  else()
    target_link_libraries(${target} PRIVATE ${deps} ${T_LINKS} rehearse_catch_main rehearse_warnings)
  endif()
  target_compile_options(${target} PRIVATE ${REHEARSE_TEST_OPTIONS})
  set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE OFF)  # the options say it
  rehearse_compile_fast(${target} rehearse_precompiled_tests)
  target_compile_definitions(${target} PRIVATE
    REHEARSE_SOURCE_DIR="${PROJECT_SOURCE_DIR}" REHEARSE_BINARY_DIR="${PROJECT_BINARY_DIR}")
  add_test(NAME ${target} COMMAND ${target})
  if(NOT T_TIMEOUT)
    set(T_TIMEOUT 900)
  endif()
  set_tests_properties(${target} PROPERTIES TIMEOUT ${T_TIMEOUT}
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;${T_ENVIRONMENT}")
endfunction()
