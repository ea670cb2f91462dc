# A room is a folder with one library target; what it may link is what it may include.
#
#   rehearse_room(engine/base LINKS Threads::Threads)            -> target engine_base
#   rehearse_room(engine/sim  ROOMS engine/base)                 -> target engine_sim
#   rehearse_room(engine/steps ROOMS … OBJECT)                   -> linked straight into executables,
#                                                                   so that self-registration is kept
#   rehearse_tests(engine/base)                                  -> executable and CTest entry
#                                                                   engine_base_test from tests/engine/base/*_test.cpp
#
# Sources are globbed (CONFIGURE_DEPENDS): adding a file adds the thing.
# A test greps the includes for what link lines cannot forbid (tests/layering).

set(REHEARSE_INCLUDE_ROOT "${PROJECT_SOURCE_DIR}")

function(rehearse_room path)
  cmake_parse_arguments(ROOM "OBJECT" "" "ROOMS;LINKS;PRIVATE_LINKS;EXCLUDE;PRECOMPILE" ${ARGN})
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
  # Heavy third-party headers that every file of the room reads.
  if(ROOM_PRECOMPILE)
    target_precompile_headers(${target} PRIVATE ${ROOM_PRECOMPILE})
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
    target_sources(${target} PRIVATE "${PROJECT_SOURCE_DIR}/tests/qt_main.cpp")
    target_link_libraries(${target} PRIVATE ${deps} ${T_LINKS} Catch2::Catch2 rapidcheck rehearse_warnings)
  else()
    target_link_libraries(${target} PRIVATE ${deps} ${T_LINKS} rehearse_catch_main rehearse_warnings)
  endif()
  target_compile_definitions(${target} PRIVATE
    REHEARSE_SOURCE_DIR="${PROJECT_SOURCE_DIR}" REHEARSE_BINARY_DIR="${PROJECT_BINARY_DIR}")
  add_test(NAME ${target} COMMAND ${target})
  if(NOT T_TIMEOUT)
    set(T_TIMEOUT 300)
  endif()
  set_tests_properties(${target} PROPERTIES TIMEOUT ${T_TIMEOUT}
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;${T_ENVIRONMENT}")
endfunction()
